using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Observation;

/// <summary>
/// Counts one broadcast: messages, payload copies (messages with a body), bytes with headers, and for each member when and after how many hops
/// it first delivered. Hops are the length of the path that the payload itself took.
/// </summary>
public struct BroadcastObserver : IObserver, IForeseeing
{
    /// <summary>The time and the hop count of a member never reached.</summary>
    public const long Never = long.MaxValue;

    private readonly long[] _deliveredNs;
    private readonly int[] _hops;
    private DropCounts _drops;

    public BroadcastObserver(int members)
    {
        _deliveredNs = new long[members];
        _hops = new int[members];
        Array.Fill(_deliveredNs, Never);
        Array.Fill(_hops, int.MaxValue);
    }

    /// <summary>When each member delivered; <see cref="Never"/> for those it never reached.</summary>
    public readonly ReadOnlySpan<long> DeliveredNs => _deliveredNs;

    /// <summary>Links that the payload crossed to each member; int.MaxValue for those it never reached.</summary>
    public readonly ReadOnlySpan<int> Hops => _hops;

    public long Messages { get; private set; }

    /// <summary>Messages that carry the payload, counted when sent.</summary>
    public long PayloadCopies { get; private set; }

    public long PayloadCopiesReceived { get; private set; }

    /// <summary>Copies of anything that were lost, cut off or dropped on the way (not those that found their receiver dead).</summary>
    public readonly long Lost => _drops.Total - _drops.ReceiverDown;

    /// <summary>Copies of anything that never reached a process, by cause.</summary>
    public readonly DropCounts Drops => _drops;

    /// <summary>Bytes put on the wire, headers included.</summary>
    public long WireBytes { get; private set; }

    public int MembersDelivered { get; private set; }

    public readonly void Foresee(int member)
    {
        CacheHint.Ask(_deliveredNs[member]);
        CacheHint.Ask(_hops[member]);
    }

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) =>
        body == 0 ? 0 : _hops[member] == int.MaxValue ? 1 : _hops[member] + 1;

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        Messages++;
        WireBytes += wireBytes;
        PayloadCopies += body == 0 ? 0 : 1;
        if (drop != DropCause.None)
        {
            _drops.Count(drop);
        }
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        if (body == 0)
        {
            return;
        }

        PayloadCopiesReceived++;
        if (_deliveredNs[to] == Never)
        {
            _hops[to] = Math.Min(_hops[to], tag);
        }
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs) => _drops.Count(cause);

    public void Delivered(int member, int body, long nowNs)
    {
        if (_deliveredNs[member] != Never)
        {
            return;
        }

        _deliveredNs[member] = nowNs;
        MembersDelivered++;
        if (_hops[member] == int.MaxValue)
        {
            _hops[member] = 0;
        }
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public readonly void Struck(in Fault fault)
    {
    }
}
