namespace Headroom.Kernel.Statistics;

/// <summary>Quantiles of a finite sample.</summary>
public static class Quantiles
{
    /// <summary>The q-quantile of a sorted sample by linear interpolation ([hyndman1996] type 7). Infinite values may stand at the end.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double q)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(q, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        double position = q * (sorted.Length - 1);
        int index = (int)position;
        double fraction = position - index;
        double low = sorted[index];
        return fraction == 0 || index + 1 >= sorted.Length || low == sorted[index + 1] ? low : low + (fraction * (sorted[index + 1] - low));
    }

    /// <summary>
    /// A distribution-free interval for the q-quantile of independent values: the order statistics whose ranks enclose it with the asked
    /// confidence by the binomial distribution. An end that the sample cannot give is infinite.
    /// </summary>
    public static Interval IntervalOfSorted(ReadOnlySpan<double> sorted, double q, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length);
        int n = sorted.Length;
        double alpha = (1 - confidence) / 2;
        // The largest r with P(Bin(n,q) < r) <= alpha, and the smallest s with P(Bin(n,q) >= s) <= alpha, by bisection on monotone tails.
        int r = Last(0, n, rank => Distributions.BinomialCdf(rank - 1, n, q) <= alpha);
        int s = n + 1 - Last(0, n, fromTop => Distributions.BinomialUpperTail(n + 1 - fromTop, n, q) <= alpha);
        return new Interval(r < 1 ? double.NegativeInfinity : sorted[r - 1], s > n ? double.PositiveInfinity : sorted[s - 1]);
    }

    private static int Last(int holds, int end, Func<int, bool> condition)
    {
        int fails = end + 1;
        while (fails - holds > 1)
        {
            int middle = holds + ((fails - holds) / 2);
            if (condition(middle))
            {
                holds = middle;
            }
            else
            {
                fails = middle;
            }
        }

        return holds;
    }
}
