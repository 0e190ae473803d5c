using Headroom.Kernel.Arithmetic;

namespace Headroom.Coding.Models;

/// <summary>
/// A birth-death chain with loss: state f = 0 … F failures; from f a failure comes at rate up(f) and is fatal with probability fatal(f), a repair
/// comes at rate down(f). fatal(F) = 1.
/// </summary>
public static class LossChain
{
    /// <summary>
    /// Mean time from state 0 to loss. Let q(f) be the probability that from f the loss comes before f + 1, and e(f) the mean time to either:
    /// with g = up (1 - fatal), l = up fatal and D = g + l + down q(f-1): q(f) = (l + down q(f-1))/D, e(f) = (1 + down e(f-1))/D, and
    /// the mean is the sum of e(f) times the probability of ever reaching f. Sums of positive terms only, so every digit holds. O(F).
    /// </summary>
    /// <returns>Seconds; infinite where loss cannot happen or the mean exceeds what a double holds.</returns>
    public static double MeanSecondsToLoss(IReadOnlyList<double> up, IReadOnlyList<double> down, IReadOnlyList<double> fatal)
    {
        ArgumentNullException.ThrowIfNull(up);
        ArgumentNullException.ThrowIfNull(down);
        ArgumentNullException.ThrowIfNull(fatal);
        double mean = 0;
        double reached = 1;
        double lossBefore = 0; // q(f-1)
        double timeBefore = 0; // e(f-1)
        for (int f = 0; f < up.Count && reached > 0; f++)
        {
            double back = f == 0 ? 0 : down[f];
            if (double.IsPositiveInfinity(back))
            {
                // Repair in no time: the second failure never finds the first.
                return f == 1 && fatal[0] > 0 ? mean / fatal[0] : double.PositiveInfinity;
            }

            double denominator = up[f] + (back * lossBefore);
            double time = (1 + (back * timeBefore)) / denominator;
            double loss = ((up[f] * fatal[f]) + (back * lossBefore)) / denominator;
            double term = reached * time;
            if (!double.IsFinite(term))
            {
                return double.PositiveInfinity;
            }

            mean += term;
            // 1 - q is g/D, which loses nothing when q is near 1.
            reached *= up[f] * (1 - fatal[f]) / denominator;
            (lossBefore, timeBefore) = (loss, time);
        }

        return mean;
    }

    /// <summary>
    /// P(loss within a time) = 1 - e^(-time/mean). The time to loss is exponential but for the first few repairs, so the relative error is about a
    /// few repair times over the time; where loss is rare it is too large by that, never too small.
    /// </summary>
    public static double ProbabilityWithin(double seconds, double meanSecondsToLoss) => -Elementary.ExpM1(-seconds / meanSecondsToLoss);
}
