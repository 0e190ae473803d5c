namespace Headroom.Simulation.Observation;

/// <summary>What one of many broadcasts cost, and when whom it reached. Members never reached have <see cref="BroadcastObserver.Never"/>.</summary>
public sealed class BroadcastTally
{
    private readonly long[] _deliveredNs;
    private readonly int[] _hops;
    private DropCounts _drops;

    internal BroadcastTally(int body, int members)
    {
        Body = body;
        _deliveredNs = new long[members];
        _hops = new int[members];
        Array.Fill(_deliveredNs, BroadcastObserver.Never);
        Array.Fill(_hops, int.MaxValue);
    }

    /// <summary>The body's handle.</summary>
    public int Body { get; }

    /// <summary>When each member first delivered.</summary>
    public ReadOnlySpan<long> DeliveredNs => _deliveredNs;

    /// <summary>Links that the payload crossed to each member; int.MaxValue for those it never reached.</summary>
    public ReadOnlySpan<int> Hops => _hops;

    public int MembersDelivered { get; private set; }

    /// <summary>When the first member delivered: the origin, as a rule.</summary>
    public long FirstNs { get; private set; } = BroadcastObserver.Never;

    public long PayloadCopies { get; private set; }

    public long PayloadCopiesReceived { get; private set; }

    /// <summary>Messages without a body that spoke of this broadcast.</summary>
    public long ControlMessages { get; private set; }

    /// <summary>Bytes on the wire of both, headers included.</summary>
    public long WireBytes { get; private set; }

    /// <summary>Copies and control messages that never reached a process.</summary>
    public DropCounts Drops => _drops;

    internal int HopsFrom(int member) => _hops[member] == int.MaxValue ? 1 : _hops[member] + 1;

    internal void Sent(bool isPayload, long wireBytes)
    {
        PayloadCopies += isPayload ? 1 : 0;
        ControlMessages += isPayload ? 0 : 1;
        WireBytes += wireBytes;
    }

    internal void Dropped(Networks.DropCause cause) => _drops.Count(cause);

    internal void Received(int member, int hops)
    {
        PayloadCopiesReceived++;
        if (_deliveredNs[member] == BroadcastObserver.Never)
        {
            _hops[member] = Math.Min(_hops[member], hops);
        }
    }

    internal void Delivered(int member, long nowNs)
    {
        if (_deliveredNs[member] != BroadcastObserver.Never)
        {
            return;
        }

        _deliveredNs[member] = nowNs;
        MembersDelivered++;
        FirstNs = Math.Min(FirstNs, nowNs);
        _hops[member] = _hops[member] == int.MaxValue ? 0 : _hops[member];
    }
}
