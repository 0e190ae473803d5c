using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Models;

/// <summary>What jitter adds to the last of many.</summary>
public static class JitterTail
{
    /// <summary>exp(-gamma): the mean of the largest of N values lies near where a tail holds this many of them.</summary>
    private const double MeanOfLargest = 0.5614594835668851;

    /// <summary>
    /// About the mean of the largest of <paramref name="paths"/> sums of so many jitters, in nanoseconds: for the exponential shape where the tail of the
    /// gamma distribution holds exp(-gamma)/paths (exact as paths grow, for one step and independent paths); for the uniform one the normal tail's
    /// leading term; for others the mean alone.
    /// </summary>
    public static double LargestNs(in Jitter jitter, int steps, double paths)
    {
        if (jitter.IsNone || steps < 1)
        {
            return 0;
        }

        double meanNs = (double)steps * jitter.MeanNs;
        return jitter.Shape switch
        {
            _ when paths <= 1 => meanNs,
            JitterShape.Exponential => Math.Max(meanNs, jitter.MeanNs * GammaTail(steps, MeanOfLargest / paths)),
            JitterShape.Uniform => Math.Min(2 * meanNs, meanNs + (jitter.MeanNs * Math.Sqrt(2 * steps * Elementary.Log(paths) / 3))),
            _ => meanNs,
        };
    }

    /// <summary>The x beyond which the gamma distribution of this shape holds the given share.</summary>
    private static double GammaTail(int shape, double share)
    {
        double high = shape + 1;
        while (Distributions.GammaQ(shape, high) > share)
        {
            high *= 2;
        }

        double low = 0;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Distributions.GammaQ(shape, middle) > share ? (middle, high) : (low, middle);
        }

        return high;
    }
}
