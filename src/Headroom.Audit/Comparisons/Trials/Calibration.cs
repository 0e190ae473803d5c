namespace Headroom.Audit.Comparisons.Trials;

/// <summary>How long a run will take, from a few trials that count for nothing.</summary>
public static class Calibration
{
    private const int Samples = 8;
    private const double WorkMax = 2_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Expected time of all trials on so many threads: seconds for each expected event, measured by one trial each of a few experiments from the largest
    /// down, after one to warm up; an experiment that was not measured is taken for the measured one of nearest size. A budget is its own answer.
    /// </summary>
    public static TimeSpan Estimate(IReadOnlyList<Experiment> experiments, TrialPolicy policy, int threads, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clock);
        Experiment[] bySize = [.. experiments.OrderBy(e => e.Work)];
        if (bySize.Length == 0)
        {
            return TimeSpan.Zero;
        }

        int most = Math.Max(0, Array.FindLastIndex(bySize, e => e.Work <= WorkMax));
        long start = clock.GetTimestamp();
        _ = bySize[0].Prepare()(-1, cancellation);
        var measured = new List<(double Work, double SecondsPerWork)>();
        for (int i = Samples - 1; i >= 0 && (measured.Count == 0 || clock.GetElapsedTime(start) < Patience); i--)
        {
            Experiment experiment = bySize[most * i / (Samples - 1)];
            if (measured.Count > 0 && measured[^1].Work == experiment.Work)
            {
                continue;
            }

            long begin = clock.GetTimestamp();
            _ = experiment.Prepare()(-2 - i, cancellation);
            measured.Add((experiment.Work, clock.GetElapsedTime(begin).TotalSeconds / experiment.Work));
        }

        double seconds = experiments.Sum(e => e.Work * policy.Most(e) * measured.MinBy(m => Math.Max(m.Work, e.Work) / Math.Min(m.Work, e.Work)).SecondsPerWork);
        TimeSpan estimate = TimeSpan.FromSeconds(Math.Min(1e9, seconds / threads));
        return policy.Budget is { } budget && budget < estimate ? budget : estimate;
    }
}
