using Headroom.Kernel.Arithmetic;

namespace Headroom.Coding.Models;

/// <summary>One state of the chain: the rate of failures, the rate of repairs, the probability that a failure here is fatal.</summary>
public readonly record struct LossState(double Up, double Down, double Fatal);

/// <summary>
/// A birth-death chain with loss: state f = 0 … F failures; from f a failure comes at rate up(f) and is fatal with probability fatal(f), a repair
/// comes at rate down(f). fatal(F) = 1, fatal does not fall with f.
/// </summary>
public static class LossChain
{
    /// <summary>What is left of the mean once so small a probability is left of going on.</summary>
    private const double Negligible = 1e-15;

    /// <summary>
    /// Mean time from state 0 to loss. Let q(f) be the probability that from f the loss comes before f + 1, and e(f) the mean time to either:
    /// with g = up (1 - fatal), l = up fatal and D = g + l + down q(f-1): q(f) = (l + down q(f-1))/D, e(f) = (1 + down e(f-1))/D, and
    /// the mean is the sum of e(f) times the probability of ever reaching f. Sums of positive terms only, so every digit holds. States are asked
    /// for one after another and only as far as they matter: what is left is at most that probability times the mean.
    /// </summary>
    /// <returns>Seconds; infinite where loss cannot happen or the mean exceeds what a double holds.</returns>
    public static double MeanSecondsToLoss(IEnumerable<LossState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        double mean = 0;
        double reached = 1;
        LossState first = default;
        double lossBefore = 0; // q(f-1)
        double timeBefore = 0; // e(f-1)
        foreach ((int f, LossState state) in states.Index())
        {
            first = f == 0 ? state : first;
            double back = f == 0 ? 0 : state.Down;
            if (double.IsPositiveInfinity(back))
            {
                // Repair in no time: the second failure never finds the first.
                return f == 1 && first.Fatal > 0 ? mean / first.Fatal : double.PositiveInfinity;
            }

            double denominator = state.Up + (back * lossBefore);
            double time = (1 + (back * timeBefore)) / denominator;
            double term = reached * time;
            if (!double.IsFinite(term))
            {
                return double.PositiveInfinity;
            }

            mean += term;
            lossBefore = ((state.Up * state.Fatal) + (back * lossBefore)) / denominator;
            timeBefore = time;

            // 1 - q is g/D, which loses nothing when q is near 1.
            reached *= state.Up * (1 - state.Fatal) / denominator;
            if (reached < Negligible)
            {
                break;
            }
        }

        return mean;
    }

    /// <summary>
    /// P(loss within a time) = 1 - e^(-time/mean). The time to loss is exponential but for the first few repairs, so the relative error is about a
    /// few repair times over the time; where loss is rare it is too large by that, never too small.
    /// </summary>
    public static double ProbabilityWithin(double seconds, double meanSecondsToLoss) => -Elementary.ExpM1(-seconds / meanSecondsToLoss);
}
