using System.Diagnostics;

namespace Headroom.Benchmarks;

/// <summary>Times that survive noisy machines: the contestants take turns, and the best turn of each counts.</summary>
public static class Interleaved
{
    /// <summary>Seconds of the fastest of so many turns for each contestant, taken in rotation after one unmeasured turn each.</summary>
    public static double[] BestSeconds(int turns, params Action[] contestants)
    {
        ArgumentNullException.ThrowIfNull(contestants);
        double[] best = new double[contestants.Length];
        Array.Fill(best, double.PositiveInfinity);
        for (int turn = -1; turn < turns; turn++)
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                contestants[i]();
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (turn >= 0)
                {
                    best[i] = Math.Min(best[i], seconds);
                }
            }
        }

        return best;
    }
}
