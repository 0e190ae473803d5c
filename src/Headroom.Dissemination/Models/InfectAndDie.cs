using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Push gossip in which each member forwards once to f random others: the share p that it reaches, if it does not die out at the start, solves
/// p = 1 - exp(-p f) as n grows (the giant component of a random graph [eugster2004]). 0 for f at most 1.
/// </summary>
public static class InfectAndDie
{
    /// <summary>The positive solution by bisection, to the last bit.</summary>
    public static double ReachedShare(double fanout)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fanout);
        if (fanout <= 1)
        {
            return 0;
        }

        // 1 - exp(-p f) - p is positive just above 0 and falls through zero once.
        double low = (fanout - 1) / (fanout * fanout);
        double high = 1;
        while (true)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                return high;
            }

            if (-Elementary.ExpM1(-middle * fanout) > middle)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
    }
}
