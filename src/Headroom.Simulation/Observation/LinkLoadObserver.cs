using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation;

/// <summary>Counts what each directed link carries; links that nothing is sent over cost nothing.</summary>
public readonly struct LinkLoadObserver() : IObserver
{
    private readonly LinkTable<Counts> _links = new();

    /// <summary>Links that something was sent over.</summary>
    public int LinkCount => _links.Count;

    public LinkLoad Of(int from, int to)
    {
        Counts counts = _links[from, to];
        return new LinkLoad(from, to, counts.Messages, counts.PayloadCopies, counts.WireBytes);
    }

    /// <summary>The links that carried most bytes, most first; equal ones by sender and receiver.</summary>
    public IReadOnlyList<LinkLoad> Top(int count) =>
    [
        .. _links.InOrder().OrderByDescending(link => link.Value.WireBytes).Take(count)
            .Select(link => new LinkLoad(link.From, link.To, link.Value.Messages, link.Value.PayloadCopies, link.Value.WireBytes)),
    ];

    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        ref Counts counts = ref _links[from, to];
        counts.Messages++;
        counts.PayloadCopies += body == 0 ? 0 : 1;
        counts.WireBytes += wireBytes;
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public void Delivered(int member, int body, long nowNs)
    {
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public void Struck(in Fault fault)
    {
    }

    private struct Counts
    {
        public long Messages;
        public long PayloadCopies;
        public long WireBytes;
    }
}
