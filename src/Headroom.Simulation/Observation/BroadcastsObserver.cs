using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>
/// Counts many broadcasts of one run apart, by the handle of their body: 12 bytes a member for each. What control messages speak of is read off their heads
/// where a function is given; the others are counted together.
/// </summary>
public struct BroadcastsObserver(int members, BodyOfHead? bodyOf = null) : IObserver
{
    private readonly List<BroadcastTally?> _tallies = [];
    private DropCounts _unattributedDrops;

    public long Messages { get; private set; }

    public long WireBytes { get; private set; }

    /// <summary>Messages without a body of which it is not known what they speak of.</summary>
    public long UnattributedMessages { get; private set; }

    public readonly DropCounts UnattributedDrops => _unattributedDrops;

    /// <summary>The broadcasts that anything was seen of, by handle.</summary>
    public readonly IEnumerable<BroadcastTally> Tallies => _tallies.OfType<BroadcastTally>();

    /// <summary>The broadcast of that body; null when nothing was seen of it.</summary>
    public readonly BroadcastTally? Of(int body) => body > 0 && body <= _tallies.Count ? _tallies[body - 1] : null;

    /// <summary>For a copy the hops that it makes; for a control message the body that it speaks of.</summary>
    public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) =>
        body != 0 ? Tally(body).HopsFrom(member) : bodyOf?.Invoke(head) ?? 0;

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        Messages++;
        WireBytes += wireBytes;
        int about = body != 0 ? body : tag;
        if (about == 0)
        {
            UnattributedMessages++;
        }
        else
        {
            Tally(about).Sent(body != 0, wireBytes);
        }

        if (drop != DropCause.None)
        {
            Count(about, drop);
        }
    }

    public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        if (body != 0)
        {
            Tally(body).Received(to, tag);
        }
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs) => Count(body != 0 ? body : tag, cause);

    public readonly void Delivered(int member, int body, long nowNs)
    {
        if (body != 0)
        {
            Tally(body).Delivered(member, nowNs);
        }
    }

    public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public readonly void Struck(in Fault fault)
    {
    }

    private void Count(int about, DropCause cause)
    {
        if (about == 0)
        {
            _unattributedDrops.Count(cause);
        }
        else
        {
            Tally(about).Dropped(cause);
        }
    }

    private readonly BroadcastTally Tally(int body)
    {
        while (_tallies.Count < body)
        {
            _tallies.Add(null);
        }

        return _tallies[body - 1] ??= new BroadcastTally(body, members);
    }
}
