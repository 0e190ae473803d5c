using System.Diagnostics;

namespace Headroom.Benchmarks;

/// <summary>
/// Times that survive noisy machines: the contestants take turns, each turn in an order of its own, so that none always finds the caches as the same other left them;
/// the best turn of each counts.
/// </summary>
public static class Interleaved
{
    /// <summary>Lets the contestants take turns for so long, unmeasured: short ones are compiled anew in the background after a tenth of a second.</summary>
    public static void Warm(TimeSpan time, params Action[] contestants)
    {
        ArgumentNullException.ThrowIfNull(contestants);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            foreach (Action contestant in contestants)
            {
                contestant();
            }
        }
    }

    /// <summary>Seconds of the fastest of so many turns for each contestant, after one unmeasured turn each.</summary>
    public static double[] BestSeconds(int turns, params Action[] contestants) =>
        Best(turns, static () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, contestants);

    /// <summary>
    /// The same in seconds of processor that the whole process takes, its collector and compiler included: what a second and core gives where others have the core too.
    /// </summary>
    public static double[] BestProcessorSeconds(int turns, params Action[] contestants) =>
        Best(turns, static () => Environment.CpuUsage.TotalTime.TotalSeconds, contestants);

    private static double[] Best(int turns, Func<double> clock, Action[] contestants)
    {
        ArgumentNullException.ThrowIfNull(contestants);
        double[] best = new double[contestants.Length];
        Array.Fill(best, double.PositiveInfinity);
        int[] order = [.. Enumerable.Range(0, contestants.Length)];
        var shuffling = new Random(1);
        for (int turn = -1; turn < turns; turn++)
        {
            shuffling.Shuffle(order);
            foreach (int i in order)
            {
                double start = clock();
                contestants[i]();
                double seconds = clock() - start;
                if (turn >= 0)
                {
                    best[i] = Math.Min(best[i], seconds);
                }
            }
        }

        return best;
    }
}
