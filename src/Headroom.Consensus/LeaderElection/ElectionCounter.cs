using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.LeaderElection;

/// <summary>Counts an election's messages, and what each link carries where somebody wants to know.</summary>
internal struct ElectionCounter(LinkLoadObserver? load) : IObserver
{
    private readonly LinkLoadObserver? _load = load;

    public long Messages { get; private set; }

    public long Announcements { get; private set; }

    public long WireBytes { get; private set; }

    public long LastNs { get; private set; }

    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => head[0];

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        Messages++;
        Announcements += tag == (int)ElectionVerb.Leader ? 1 : 0;
        WireBytes += wireBytes;
        _load?.Sent(from, to, body, tag, wireBytes, drop, nowNs);
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs) => LastNs = nowNs;

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
