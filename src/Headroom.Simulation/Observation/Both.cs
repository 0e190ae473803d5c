using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>Two observers of one run. Nest it for more.</summary>
public struct Both<TFirst, TSecond>(TFirst first, TSecond second) : IObserver
    where TFirst : struct, IObserver
    where TSecond : struct, IObserver
{
    // A message has one tag. Where only the first observer uses tags, they are its own, doubled; other pairs have a place here, and odd tags.
    private readonly List<(int First, int Second)> _pairs = [];
    private readonly Dictionary<(int First, int Second), int> _places = [];

    // Fields, so that what observers count can be counted in place.
#pragma warning disable CA1051
    public TFirst First = first;
    public TSecond Second = second;
#pragma warning restore CA1051

    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes)
    {
        int a = First.Composed(member, head, body, bodyBytes);
        int b = Second.Composed(member, head, body, bodyBytes);
        if (b == 0 && a < 1 << 30)
        {
            return a * 2;
        }

        if (!_places.TryGetValue((a, b), out int place))
        {
            place = _pairs.Count;
            _places.Add((a, b), place);
            _pairs.Add((a, b));
        }

        return (place * 2) + 1;
    }

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        (int a, int b) = Tags(tag);
        First.Sent(from, to, body, a, wireBytes, drop, nowNs);
        Second.Sent(from, to, body, b, wireBytes, drop, nowNs);
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
        (int a, int b) = Tags(tag);
        First.Received(from, to, body, a, wireBytes, nowNs);
        Second.Received(from, to, body, b, wireBytes, nowNs);
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
        (int a, int b) = Tags(tag);
        First.Dropped(from, to, body, a, wireBytes, cause, nowNs);
        Second.Dropped(from, to, body, b, wireBytes, cause, nowNs);
    }

    public void Delivered(int member, int body, long nowNs)
    {
        First.Delivered(member, body, nowNs);
        Second.Delivered(member, body, nowNs);
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
        First.Replied(member, request, head, body, nowNs);
        Second.Replied(member, request, head, body, nowNs);
    }

    public void Struck(in Fault fault)
    {
        First.Struck(fault);
        Second.Struck(fault);
    }

    // A message may be older than this observer, where a host got a new one between runs.
    private readonly (int First, int Second) Tags(int tag) => (tag & 1) == 0 ? (tag >> 1, 0) : tag >> 1 < _pairs.Count ? _pairs[tag >> 1] : (0, 0);
}
