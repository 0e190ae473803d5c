namespace Headroom.Simulation.Observation;

/// <summary>
/// Counts one broadcast: messages, payload copies (messages with a body), bytes with headers, and for each member when and after how many hops
/// it first delivered. Hops are the length of the path that the payload itself took.
/// </summary>
public struct BroadcastObserver : IObserver
{
    /// <summary>The time and the hop count of a member never reached.</summary>
    public const long Never = long.MaxValue;

    private readonly long[] _deliveredNs;
    private readonly int[] _hops;

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

    /// <summary>Copies of anything that were lost on the way (not those that found their receiver dead).</summary>
    public long Lost { get; private set; }

    /// <summary>Bytes put on the wire, headers included.</summary>
    public long WireBytes { get; private set; }

    public int MembersDelivered { get; private set; }

    public readonly int Composed(int member, int body, int headBytes, int bodyBytes) =>
        body == 0 ? 0 : _hops[member] == int.MaxValue ? 1 : _hops[member] + 1;

    public void Sent(int from, int to, int body, long wireBytes, bool lost, long nowNs)
    {
        Messages++;
        WireBytes += wireBytes;
        PayloadCopies += body == 0 ? 0 : 1;
        Lost += lost ? 1 : 0;
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
}
