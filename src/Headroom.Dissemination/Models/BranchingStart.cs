using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// The first members that a broadcast reaches, as a branching process [jagers1975, chapter 6]: who has it is asked by a Poisson number of others each period, and pushes to
/// a fixed number at a phase of its own. A child weighs e^(-a t), t periods after its parent, where a makes the mean weight of all children 1; then the limit W of the
/// process over its mean has the variance V / (1 - M), V the variance and M the mean of squares of the children's weights.
/// </summary>
public static class BranchingStart
{
    /// <param name="asked">Children a period by being asked.</param>
    /// <param name="askedDelay">Periods from the question's arrival to the child.</param>
    /// <param name="pushed">Children a period by pushes.</param>
    /// <param name="pushes">Pushes a period, of which these come through.</param>
    /// <param name="pushedDelay">Periods from push to child.</param>
    /// <param name="isAligned">Members act in step, at whole periods.</param>
    public static double Variance(double asked, double askedDelay, double pushed, double pushes, double pushedDelay, bool isAligned)
    {
        double low = 0;
        double high = 16;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Mean(middle) > 1 ? (middle, high) : (low, middle);
        }

        double rate = high;
        double squares = Mean(2 * rate);
        double through = pushes > 0 ? Math.Min(1, pushed / pushes) : 0;
        double variance = (asked * Times(2 * rate, askedDelay, isAligned)) + (pushed * (1 - through) * Times(2 * rate, pushedDelay, isAligned))
            + (isAligned ? 0 : pushed * pushed * Elementary.Exp(-2 * rate * pushedDelay) * PhaseVariance(rate));
        return squares < 1 && rate > 1e-6 ? variance / (1 - squares) : 0;

        double Mean(double at) => (asked * Times(at, askedDelay, isAligned)) + (pushed * Times(at, pushedDelay, isAligned));
    }

    /// <summary>Sum or integral of e^(-a t) over the times of children that come one a period from a delay on.</summary>
    private static double Times(double rate, double delay, bool isAligned)
    {
        double first = Elementary.Exp(-rate * delay);
        return rate <= 0 ? double.PositiveInfinity : isAligned ? first / -Elementary.ExpM1(-rate) : first / rate;
    }

    /// <summary>Variance of sum over j of e^(-a (phase + j)) over a uniform phase.</summary>
    private static double PhaseVariance(double rate)
    {
        double once = -Elementary.ExpM1(-rate);
        return (-Elementary.ExpM1(-2 * rate) / (2 * rate) / (once * once)) - (1 / (rate * rate));
    }
}
