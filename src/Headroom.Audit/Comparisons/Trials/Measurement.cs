namespace Headroom.Audit.Comparisons.Trials;

/// <summary>Experiments from the plan to their results: what is finished already, how long the rest will take, and the runs.</summary>
public static class Measurement
{
    /// <summary>The results by key, of finished experiments only, and whether the token ended the runs.</summary>
    public static (IReadOnlyDictionary<string, ExperimentResult> Results, bool WasInterrupted) Of(IReadOnlyList<Experiment> experiments, RunOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(options);
        string counted = options.Policy.Budget is null ? $"trials {options.Policy.Trials}" : "trials by budget";
        using FinishedExperiments? journal = options.Journal is { } path ? new FinishedExperiments(path, counted) : null;
        if (options.OnPlanned is { } planned)
        {
            Experiment[] open = [.. experiments.Where(e => journal?.Find(e.Key) is null)];
            planned(experiments.Count, experiments.Count - open.Length, Calibrate(open, options, cancellation));
        }

        var runner = new ExperimentRunner(options.Policy, options.Threads, options.Clock, journal, options.OnProgress);
        return (runner.Run(experiments, cancellation), runner.WasInterrupted);
    }

    private static TimeSpan Calibrate(Experiment[] open, RunOptions options, CancellationToken cancellation)
    {
        try
        {
            return Calibration.Estimate(open, options.Policy, options.Threads, options.Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            return TimeSpan.Zero; // the run itself will say so, with what an earlier one kept
        }
    }
}
