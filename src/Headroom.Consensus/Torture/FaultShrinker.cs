using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>
/// Makes a fault plan small by delta debugging [zeller2002]: units, each a fault with what ends it (a crash and its restart, a cut and its mending), are left out by halves, quarters, … and one by
/// one, as long as the same check fails; then single faults of what is left, and so on until nothing can be spared. What heals at the end stays.
/// </summary>
public static class FaultShrinker
{
    /// <param name="plan">A plan with which it fails.</param>
    /// <param name="fails">Whether the check fails with another plan.</param>
    /// <param name="runsMax">At most so many runs.</param>
    /// <returns>A part of the plan with which it fails; neither a single fault nor one with what ends it can be spared, unless the runs were spent.</returns>
    public static FaultPlan Shrink(FaultPlan plan, Func<FaultPlan, bool> fails, int runsMax = 1000)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(fails);
        Fault[] all = [.. plan.Faults];
        int[] kept = [.. Enumerable.Range(0, all.Length).Where(i => all[i].Kind != FaultKind.HealCore)];
        int runs = 0;
        for (int before = -1; before != kept.Length && runs < runsMax;)
        {
            before = kept.Length;
            kept = Reduce(FaultUnits.Of(all, kept));
            kept = Reduce([.. kept.Select(i => new[] { i })]);
        }

        return Of(kept);

        // The order of a plan is kept, whatever is left out.
        FaultPlan Of(IEnumerable<int> faults) => new([.. faults.Concat(Enumerable.Range(0, all.Length).Where(i => all[i].Kind == FaultKind.HealCore)).Order().Select(i => all[i])]);

        int[] Reduce(IReadOnlyList<int[]> parts)
        {
            List<int[]> left = [.. parts];
            for (int size = Math.Max(1, left.Count / 2); left.Count > 0 && runs < runsMax; size = Math.Min(size, left.Count))
            {
                bool isSmaller = false;
                for (int from = 0; from < left.Count && runs < runsMax;)
                {
                    List<int[]> fewer = [.. left[..from], .. left[Math.Min(left.Count, from + size)..]];
                    runs++;
                    if (fails(Of(fewer.SelectMany(part => part))))
                    {
                        (left, isSmaller) = (fewer, true);
                    }
                    else
                    {
                        from += size;
                    }
                }

                if (size == 1 && !isSmaller)
                {
                    break;
                }

                size = size > 1 ? size / 2 : 1;
            }

            return [.. left.SelectMany(part => part).Order()];
        }
    }
}
