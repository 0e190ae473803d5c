namespace Headroom.Coding.Erasure.Clay;

/// <summary>Layered decoding ([vajha2018] section 3.2): m erased nodes from all sub-chunks of the others. Encoding is the decoding of the parities.</summary>
internal sealed class ClayDecodeWork : ClayWork
{
    private readonly int[] _sources;
    private readonly int[] _lost;
    private readonly IReadOnlyList<IReadOnlyList<PlaneRun>> _orders;

    /// <param name="layout">The grid.</param>
    /// <param name="sources">The k shards that are read, in the order in which they come.</param>
    /// <param name="lost">The shards that are rebuilt; all that are neither are treated as erased.</param>
    public ClayDecodeWork(ClayLayout layout, IReadOnlyList<int> sources, IReadOnlyList<int> lost)
        : base(layout, new PlaneSpace(layout, -1), [.. Enumerable.Range(0, layout.DataShards + layout.ParityShards).Except(sources).Select(layout.NodeOf)])
    {
        _sources = [.. sources.Select(layout.NodeOf)];
        _lost = [.. lost.Select(layout.NodeOf)];
        _orders = Planes.InOrder(Erased);
    }

    protected override int OtherRows => 0;

    protected override void Fill(ClayScratch scratch, IReadOnlyList<Memory<byte>> received, int start)
    {
        for (int i = 0; i < received.Count; i++)
        {
            received[i].Span.Slice(start, scratch.Length).CopyTo(scratch.At(scratch.Coupled(_sources[i / Planes.Count], i % Planes.Count)));
        }
    }

    /// <summary>A partner that is erased was coupled with a lower score.</summary>
    protected override void RunBlock(ClayScratch scratch)
    {
        foreach (IReadOnlyList<PlaneRun> runs in _orders)
        {
            foreach (PlaneRun run in runs)
            {
                Uncouple(scratch, run, PairTransform.Instance.OwnUncoupled, scratch.Coupled);
                DecodeScalar(scratch, run);
            }

            foreach (PlaneRun run in runs)
            {
                CoupleErased(scratch, run);
            }
        }
    }

    protected override void Empty(ClayScratch scratch, IReadOnlyList<Memory<byte>> rebuilt, int start)
    {
        for (int i = 0; i < rebuilt.Count; i++)
        {
            scratch.At(scratch.Coupled(_lost[i / Planes.Count], i % Planes.Count)).CopyTo(rebuilt[i].Span[start..]);
        }
    }

    private void CoupleErased(ClayScratch scratch, PlaneRun run)
    {
        PairTransform pair = PairTransform.Instance;
        foreach (int node in Erased)
        {
            (int x, int y) = (node % Layout.Width, node / Layout.Width);
            for (int plane = run.Start, count; plane < run.End; plane += count)
            {
                count = Math.Min(Planes.Alike(plane, y), run.End - plane);
                int digit = Planes.Digit(plane, y);
                int other = (y * Layout.Width) + digit;
                int mirrored = Planes.With(plane, y, x);
                if (x == digit)
                {
                    scratch.Copy(scratch.Uncoupled(node, plane), scratch.Coupled(node, plane), count);
                }
                else if (!IsErased(other))
                {
                    scratch.Apply(pair.OwnCoupled[x > digit ? 0 : 1], [scratch.Uncoupled(node, plane), scratch.Coupled(other, mirrored)], [scratch.Coupled(node, plane)], count);
                }
                else if (x > digit)
                {
                    scratch.Apply(pair.Couple, [scratch.Uncoupled(node, plane), scratch.Uncoupled(other, mirrored)],
                        [scratch.Coupled(node, plane), scratch.Coupled(other, mirrored)], count);
                }
            }
        }
    }
}
