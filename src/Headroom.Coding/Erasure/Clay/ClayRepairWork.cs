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
    private readonly PlaneSpace _all;
    private readonly IReadOnlyList<IReadOnlyList<PlaneRun>> _orders;

    /// <param name="layout">The grid.</param>
    /// <param name="helpers">d shards, among them every real one of the lost shard's column, in the order in which they come.</param>
    /// <param name="lost">The shard that is rebuilt.</param>
    public ClayRepairWork(ClayLayout layout, IReadOnlyList<int> helpers, int lost)
        : base(layout, new PlaneSpace(layout, layout.NodeOf(lost)), [.. Column(layout, lost), .. Aloof(layout, helpers, lost)])
    {
        _helpers = [.. helpers.Select(layout.NodeOf)];
        _lost = layout.NodeOf(lost);
        _all = new PlaneSpace(layout, -1);
        _orders = Planes.InOrder([.. Aloof(layout, helpers, lost)]);
    }

    /// <summary>The lost node's coupled sub-chunks: row x holds those of the planes whose digit in its column is x.</summary>
    protected override int OtherRows => Layout.Width;

    protected override void Fill(ClayScratch scratch, IReadOnlyList<Memory<byte>> received, int start)
    {
        for (int i = 0; i < received.Count; i++)
        {
            received[i].Span.Slice(start, scratch.Length).CopyTo(scratch.At(scratch.Coupled(_helpers[i / Planes.Count], i % Planes.Count)));
        }
    }

    /// <summary>Beside the lost node's column a mirrored plane is read too. In the column the dot itself is uncoupled; each other node gives what it is coupled with.</summary>
    protected override void RunBlock(ClayScratch scratch)
    {
        int column = _lost / Layout.Width * Layout.Width;
        foreach (PlaneRun run in _orders.SelectMany(runs => runs))
        {
            Uncouple(scratch, run, PairTransform.Instance.OwnUncoupledByOther, scratch.Uncoupled);
            DecodeScalar(scratch, run);
            for (int x = 0; x < Layout.Width; x++)
            {
                int node = column + x;
                if (node == _lost)
                {
                    scratch.Copy(scratch.Uncoupled(node, run.Start), scratch.Other(x, run.Start), run.Count);
                }
                else
                {
                    scratch.Apply(PairTransform.Instance.OtherCoupled[node > _lost ? 0 : 1],
                        [scratch.Coupled(node, run.Start), scratch.Uncoupled(node, run.Start)], [scratch.Other(x, run.Start)], run.Count);
                }
            }
        }
    }

    protected override void Empty(ClayScratch scratch, IReadOnlyList<Memory<byte>> rebuilt, int start)
    {
        // Planes of one digit come in their order.
        Span<int> next = stackalloc int[Layout.Width];
        next.Clear();
        for (int plane = 0; plane < rebuilt.Count; plane++)
        {
            int x = _all.Digit(plane, _lost / Layout.Width);
            scratch.At(scratch.Other(x, next[x]++)).CopyTo(rebuilt[plane].Span[start..]);
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
