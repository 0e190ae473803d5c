using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Coding.Repairs;

/// <summary>When members answered, and what came to them.</summary>
public struct RepairObserver(int members) : IObserver
{
    private readonly long[] _receivedBytes = new long[members];
    private readonly long[] _repliedNs = [.. Enumerable.Repeat(-1L, members)];

    /// <summary>Bytes with headers that each member took in.</summary>
    public readonly IReadOnlyList<long> ReceivedBytes => _receivedBytes;

    /// <summary>When each answered its request; -1 for never.</summary>
    public readonly IReadOnlyList<long> RepliedNs => _repliedNs;

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

    public readonly void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
    }

    public long Messages { get; private set; }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        _receivedBytes[to] += wireBytes;
        Messages++;
    }

    public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public readonly void Delivered(int member, int body, long nowNs)
    {
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs) => _repliedNs[member] = nowNs;

    public readonly void Struck(in Fault fault)
    {
    }
}
