namespace Headroom.Audit.Comparisons.Trials;

/// <summary>How long a run will take, from a few trials that count for nothing.</summary>
public static class Calibration
{
    private const int Samples = 6;
    private const double WorkMax = 300_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Expected time of all trials on so many threads: seconds for each expected event, measured on experiments small and middling, one trial each
    /// after one to warm up. A budget is its own answer.
    /// </summary>
    public static TimeSpan Estimate(IReadOnlyList<Experiment> experiments, TrialPolicy policy, int threads, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clock);
        Experiment[] small = [.. experiments.Where(e => e.Work <= WorkMax).OrderBy(e => e.Work)];
        if (small.Length == 0)
        {
            small = [.. experiments.OrderBy(e => e.Work).Take(1)];
        }

        if (small.Length == 0)
        {
            return TimeSpan.Zero;
        }

        long start = clock.GetTimestamp();
        _ = small[0].Prepare()(-1, cancellation);
        double seconds = 0;
        double work = 0;
        for (int i = 0; i < Samples && (i == 0 || clock.GetElapsedTime(start) < Patience); i++)
        {
            // From the largest down: many small ones would measure what a run costs beside its events.
            Experiment experiment = small[(small.Length - 1) * (Samples - 1 - i) / Math.Max(1, Samples - 1)];
            long begin = clock.GetTimestamp();
            _ = experiment.Prepare()(-1 - i, cancellation);
            seconds += clock.GetElapsedTime(begin).TotalSeconds;
            work += experiment.Work;
        }

        double total = experiments.Sum(e => e.Work * policy.Most(e));
        TimeSpan estimate = TimeSpan.FromSeconds(Math.Min(1e9, total * seconds / work / threads));
        return policy.Budget is { } budget && budget < estimate ? budget : estimate;
    }
}
