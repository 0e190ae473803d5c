using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Tests.InSync;

/// <summary>Counts copies sent by the first byte of their heads.</summary>
internal struct VerbCounter : IObserver
{
    public required int[] Counts { get; init; }

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => head[0];

    public readonly void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) => Counts[tag]++;

    public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
    }

    public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public readonly void Delivered(int member, int body, long nowNs)
    {
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public readonly void Struck(in Fault fault)
    {
    }
}
