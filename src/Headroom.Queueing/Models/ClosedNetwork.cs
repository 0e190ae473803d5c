namespace Headroom.Queueing.Models;

/// <summary>Throughput per class, and by class and station the mean residence (all visits of a job) and the mean number present.</summary>
public sealed record ClosedNetworkMeans(IReadOnlyList<double> ThroughputPerS, double[,] ResidenceS, double[,] Present);

/// <summary>
/// Exact mean value analysis of a closed multiclass product-form network [reiser1980]: R_rk(n) = D_rk (1 + Q_k(n - e_r)) at a queueing station,
/// X_r(n) = n_r/(Z_r + sum R_rk), Q_k(n) = sum X_r R_rk, over all populations n up to N in order. Time O(K R prod(N_r + 1)), space O(K prod(N_r + 1)).
/// </summary>
public static class ClosedNetwork
{
    /// <summary>Populations to visit at most.</summary>
    public const int StatesMax = 4_000_000;

    /// <param name="demandS">Demand by class and station: visits times service time, single servers of fixed rate.</param>
    /// <param name="population">Jobs per class.</param>
    /// <param name="thinkS">Time a job spends away between two rounds, per class.</param>
    public static ClosedNetworkMeans Means(double[,] demandS, ReadOnlySpan<int> population, ReadOnlySpan<double> thinkS)
    {
        ArgumentNullException.ThrowIfNull(demandS);
        int classes = demandS.GetLength(0);
        int stations = demandS.GetLength(1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(population.Length, classes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(thinkS.Length, classes);
        int[] stride = Strides(demandS, population, thinkS, out int states);
        var present = new double[states, stations];
        var at = new int[classes];
        var throughput = new double[classes];
        var residence = new double[classes, stations];
        for (int state = 1; state < states; state++)
        {
            Next(at, population);
            for (int r = 0; r < classes; r++)
            {
                throughput[r] = at[r] == 0 ? 0 : Round(demandS, present, state - stride[r], thinkS[r], at[r], r, residence);
                for (int k = 0; k < stations && at[r] > 0; k++)
                {
                    present[state, k] += throughput[r] * residence[r, k];
                }
            }
        }

        var byClass = new double[classes, stations];
        for (int r = 0; r < classes; r++)
        {
            for (int k = 0; k < stations; k++)
            {
                byClass[r, k] = throughput[r] * residence[r, k];
            }
        }

        return new ClosedNetworkMeans(throughput, residence, byClass);
    }

    /// <summary>One class at one population: fills its residences, returns its throughput.</summary>
    private static double Round(double[,] demandS, double[,] present, int without, double thinkS, int jobs, int r, double[,] residence)
    {
        double cycleS = thinkS;
        for (int k = 0; k < demandS.GetLength(1); k++)
        {
            residence[r, k] = demandS[r, k] * (1 + present[without, k]);
            cycleS += residence[r, k];
        }

        return jobs / cycleS;
    }

    private static int[] Strides(double[,] demandS, ReadOnlySpan<int> population, ReadOnlySpan<double> thinkS, out int states)
    {
        var stride = new int[population.Length];
        long product = 1;
        for (int r = 0; r < population.Length; r++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(population[r]);
            ArgumentOutOfRangeException.ThrowIfNegative(thinkS[r]);
            double total = thinkS[r];
            for (int k = 0; k < demandS.GetLength(1); k++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(demandS[r, k]);
                total += demandS[r, k];
            }

            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
            stride[r] = (int)product;
            product *= population[r] + 1L;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(product, StatesMax);
        }

        states = (int)product;
        return stride;
    }

    private static void Next(int[] at, ReadOnlySpan<int> population)
    {
        for (int r = 0; r < at.Length; r++)
        {
            if (at[r] < population[r])
            {
                at[r]++;
                return;
            }

            at[r] = 0;
        }
    }
}
