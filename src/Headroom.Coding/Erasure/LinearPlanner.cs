using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Plans for any linear code, from its generator alone: sub-chunks of the available shards are taken in order as long as they tell something new, and the lost
/// ones are expressed by them. Helpers forward what is needed of them. O(n alpha B^2) for B sub-chunks of data.
/// </summary>
internal static class LinearPlanner
{
    /// <param name="code">With a generator of n alpha rows.</param>
    /// <param name="lost">Ascending.</param>
    /// <param name="available">In the order in which they are preferred.</param>
    public static RepairOutcome Plan(ErasureCode code, int[] lost, IReadOnlyList<int> available)
    {
        int alpha = code.Subshards;
        var span = new RowSpan256(code.DataSubshards);
        var basis = new List<Subshard>();
        foreach (int shard in available)
        {
            for (int index = 0; index < alpha && span.Rank < code.DataSubshards; index++)
            {
                if (span.Add(code.Generator.Row((shard * alpha) + index)))
                {
                    basis.Add(new Subshard(shard, index));
                }
            }
        }

        byte[][] rows = new byte[lost.Length * alpha][];
        for (int i = 0; i < rows.Length; i++)
        {
            if (!span.TryExpress(code.Generator.Row((lost[i / alpha] * alpha) + (i % alpha)), out byte[]? row))
            {
                return CannotRebuild(code, lost, available, span);
            }

            rows[i] = row;
        }

        // Only what some lost one needs is read, in the order of the basis: its shards are together.
        int[] used = [.. Enumerable.Range(0, basis.Count).Where(j => rows.Any(row => row[j] != 0))];
        HelpingShard[] helpers = [.. used.GroupBy(j => basis[j].Shard)
            .Select(group => new HelpingShard(group.Key, [.. group.Select(j => basis[j].Index)], group.Count(), forwards: true, alpha))];
        var combination = new Matrix256(rows.Length, used.Length, (i, j) => rows[i][used[j]]);
        return new RepairPlan(code, lost, helpers, new LinearRepairWork(new Matrix256?[helpers.Length], combination));
    }

    /// <summary>
    /// Lost shards, one after another while they tell something new. With one sub-chunk a shard no fewer shards would do: each raises the rank by one, and the
    /// rank of everything lost has to be reached. With several, the codes here let any k shards decode, and fewer than k rebuild none.
    /// </summary>
    private static Unrecoverable CannotRebuild(ErasureCode code, int[] lost, IReadOnlyList<int> available, RowSpan256 span)
    {
        int alpha = code.Subshards;
        var suffices = new List<int>();
        foreach (int shard in lost)
        {
            int rank = span.Rank;
            for (int index = 0; index < alpha; index++)
            {
                span.Add(code.Generator.Row((shard * alpha) + index));
            }

            if (span.Rank > rank)
            {
                suffices.Add(shard);
            }
        }

        return new Unrecoverable(code, lost, [.. available.Order()], suffices);
    }
}
