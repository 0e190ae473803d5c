namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// The repair of one node from one q-th of d others ([vajha2018] section 3.3): only planes in which the lost node is a dot are read. In each the scalar code gives
/// the uncoupled sub-chunks of the lost node's column, and these with what was read of the column give the lost sub-chunks of the other planes. Nodes that do not
/// help ("aloof") are erased too; where one is a partner its uncoupled sub-chunk is known from a lower score.
/// </summary>
internal sealed class ClayRepairWork : ClayWork
{
    private readonly int[] _helpers;
    private readonly int _lost;
    private readonly int[] _planes;
    private readonly IReadOnlyList<int[]> _orders;

    /// <param name="layout">The grid.</param>
    /// <param name="helpers">d shards, among them every real one of the lost shard's column, in the order in which they come.</param>
    /// <param name="lost">The shard that is rebuilt.</param>
    public ClayRepairWork(ClayLayout layout, IReadOnlyList<int> helpers, int lost)
        : base(layout, [.. Column(layout, lost), .. Aloof(layout, helpers, lost)])
    {
        _helpers = [.. helpers.Select(layout.NodeOf)];
        _lost = layout.NodeOf(lost);
        _planes = layout.DotPlanes(_lost);
        _orders = layout.InOrder(_planes, [_lost, .. Aloof(layout, helpers, lost)]);
    }

    protected override void Fill(Scratch scratch, IReadOnlyList<Memory<byte>> received, int start)
    {
        for (int i = 0; i < received.Count; i++)
        {
            received[i].Span.Slice(start, scratch.Length).CopyTo(scratch.At(scratch.Coupled(_helpers[i / _planes.Length], _planes[i % _planes.Length])));
        }
    }

    protected override void RunBlock(Scratch scratch)
    {
        foreach (int[] planes in _orders)
        {
            foreach (int plane in planes)
            {
                UncoupleHelpers(scratch, plane);
                DecodePlane(scratch, plane);
                CoupleLost(scratch, plane);
            }
        }
    }

    protected override void Empty(Scratch scratch, IReadOnlyList<Memory<byte>> rebuilt, int start)
    {
        for (int plane = 0; plane < rebuilt.Count; plane++)
        {
            scratch.At(scratch.Coupled(_lost, plane)).CopyTo(rebuilt[plane].Span[start..]);
        }
    }

    /// <summary>Of the columns beside the lost node's; there a mirrored plane is read too.</summary>
    private void UncoupleHelpers(Scratch scratch, int plane)
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
                scratch.Apply(pair.OwnUncoupledByOther[x > digit ? 0 : 1], [scratch.Coupled(node, plane), scratch.Uncoupled(other, mirrored)], [scratch.Uncoupled(node, plane)]);
            }
            else
            {
                scratch.Apply(pair.Uncouple, [scratch.Coupled(node, plane), scratch.Coupled(other, mirrored)], [scratch.Uncoupled(node, plane), scratch.Uncoupled(other, mirrored)]);
            }
        }
    }

    /// <summary>The dot itself is there already; each other node of the column gives the lost sub-chunk that it is coupled with.</summary>
    private void CoupleLost(Scratch scratch, int plane)
    {
        int y = _lost / Layout.Width;
        for (int x = 0; x < Layout.Width; x++)
        {
            int node = (y * Layout.Width) + x;
            if (node != _lost)
            {
                scratch.Apply(PairTransform.Instance.OtherCoupled[node > _lost ? 0 : 1], [scratch.Coupled(node, plane), scratch.Uncoupled(node, plane)], [scratch.Coupled(_lost, Layout.With(plane, y, x))]);
            }
        }
    }

    private static IEnumerable<int> Column(ClayLayout layout, int lost)
    {
        int node = layout.NodeOf(lost);
        return Enumerable.Range(node / layout.Width * layout.Width, layout.Width);
    }

    private static IEnumerable<int> Aloof(ClayLayout layout, IReadOnlyList<int> helpers, int lost) =>
        Enumerable.Range(0, layout.DataShards + layout.ParityShards).Where(shard => shard != lost && !helpers.Contains(shard)).Select(layout.NodeOf);
}
