using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>
/// Makes a fault plan small by delta debugging [zeller2002]: faults are left out by halves, quarters, … and one by one, as long as the same check fails. What heals at the end
/// stays.
/// </summary>
public static class FaultShrinker
{
    /// <param name="plan">A plan with which it fails.</param>
    /// <param name="fails">Whether the check fails with another plan.</param>
    /// <param name="runsMax">At most so many runs.</param>
    /// <returns>A part of the plan with which it fails; no single fault can be spared, unless the runs were spent.</returns>
    public static FaultPlan Shrink(FaultPlan plan, Func<FaultPlan, bool> fails, int runsMax = 400)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(fails);
        Fault[] healing = [.. plan.Faults.Where(fault => fault.Kind == FaultKind.HealCore)];
        List<Fault> kept = [.. plan.Faults.Where(fault => fault.Kind != FaultKind.HealCore)];
        int runs = 0;
        for (int size = Math.Max(1, kept.Count / 2); kept.Count > 0; size = Math.Min(size, kept.Count))
        {
            bool isSmaller = false;
            for (int from = 0; from < kept.Count && runs < runsMax;)
            {
                List<Fault> fewer = [.. kept[..from], .. kept[Math.Min(kept.Count, from + size)..]];
                runs++;
                if (fails(new FaultPlan([.. fewer, .. healing])))
                {
                    (kept, isSmaller) = (fewer, true);
                }
                else
                {
                    from += size;
                }
            }

            if (runs >= runsMax || (size == 1 && !isSmaller))
            {
                break;
            }

            size = size > 1 ? size / 2 : 1;
        }

        return new FaultPlan([.. kept, .. healing]);
    }
}
