namespace Headroom.Coding.Erasure.Clay;

/// <summary>Layered decoding ([vajha2018] section 3.2): m erased nodes from all sub-chunks of the others. Encoding is the decoding of the parities.</summary>
internal sealed class ClayDecodeWork : ClayWork
{
    private readonly int[] _sources;
    private readonly int[] _lost;
    private readonly int[] _erased;
    private readonly IReadOnlyList<int[]> _orders;

    /// <param name="layout">The grid.</param>
    /// <param name="sources">The k shards that are read, in the order in which they come.</param>
    /// <param name="lost">The shards that are rebuilt; all that are neither are treated as erased.</param>
    public ClayDecodeWork(ClayLayout layout, IReadOnlyList<int> sources, IReadOnlyList<int> lost)
        : base(layout, [.. Erased(layout, sources)])
    {
        _sources = [.. sources.Select(layout.NodeOf)];
        _lost = [.. lost.Select(layout.NodeOf)];
        _erased = [.. Erased(layout, sources)];
        _orders = layout.InOrder(Enumerable.Range(0, layout.Planes), _erased);
    }

    protected override void Fill(Scratch scratch, IReadOnlyList<Memory<byte>> received, int start)
    {
        for (int i = 0; i < received.Count; i++)
        {
            received[i].Span.Slice(start, scratch.Length).CopyTo(scratch.At(scratch.Coupled(_sources[i / Layout.Planes], i % Layout.Planes)));
        }
    }

    protected override void RunBlock(Scratch scratch)
    {
        foreach (int[] planes in _orders)
        {
            foreach (int plane in planes)
            {
                UncouplePresent(scratch, plane);
                DecodePlane(scratch, plane);
            }

            foreach (int plane in planes)
            {
                CoupleErased(scratch, plane);
            }
        }
    }

    protected override void Empty(Scratch scratch, IReadOnlyList<Memory<byte>> rebuilt, int start)
    {
        for (int i = 0; i < rebuilt.Count; i++)
        {
            scratch.At(scratch.Coupled(_lost[i / Layout.Planes], i % Layout.Planes)).CopyTo(rebuilt[i].Span[start..]);
        }
    }

    /// <summary>A pair that is there lies in planes of one score and is done once, in the lower of them. A partner that is erased was coupled with a lower score.</summary>
    private void UncouplePresent(Scratch scratch, int plane)
    {
        PairTransform pair = PairTransform.Instance;
        for (int node = 0; node < Layout.Nodes; node++)
        {
            (int x, int y) = (node % Layout.Width, node / Layout.Width);
            int digit = Layout.Digit(plane, y);
            int other = (y * Layout.Width) + digit;
            if (x == digit || IsErased(node) || (x < digit && !IsErased(other)))
            {
                continue;
            }

            int mirrored = Layout.With(plane, y, x);
            if (IsErased(other))
            {
                scratch.Apply(pair.OwnUncoupled[x > digit ? 0 : 1], [scratch.Coupled(node, plane), scratch.Coupled(other, mirrored)], [scratch.Uncoupled(node, plane)]);
            }
            else
            {
                scratch.Apply(pair.Uncouple, [scratch.Coupled(node, plane), scratch.Coupled(other, mirrored)], [scratch.Uncoupled(node, plane), scratch.Uncoupled(other, mirrored)]);
            }
        }
    }

    private void CoupleErased(Scratch scratch, int plane)
    {
        PairTransform pair = PairTransform.Instance;
        foreach (int node in _erased)
        {
            (int x, int y) = (node % Layout.Width, node / Layout.Width);
            int digit = Layout.Digit(plane, y);
            int other = (y * Layout.Width) + digit;
            int mirrored = Layout.With(plane, y, x);
            if (x != digit && !IsErased(other))
            {
                scratch.Apply(pair.OwnCoupled[x > digit ? 0 : 1], [scratch.Uncoupled(node, plane), scratch.Coupled(other, mirrored)], [scratch.Coupled(node, plane)]);
            }
            else if (x > digit)
            {
                scratch.Apply(pair.Couple, [scratch.Uncoupled(node, plane), scratch.Uncoupled(other, mirrored)], [scratch.Coupled(node, plane), scratch.Coupled(other, mirrored)]);
            }
        }
    }

    private static IEnumerable<int> Erased(ClayLayout layout, IReadOnlyList<int> sources) =>
        Enumerable.Range(0, layout.DataShards + layout.ParityShards).Except(sources).Select(layout.NodeOf);
}
