using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Runs a comparison from plan to rows: estimate, experiments, and a longer rerun of whatever crosses a floor.</summary>
public static class BroadcastComparisonRun
{
    private const int ConfirmationEffort = 4;

    public static ComparisonResult Run(BroadcastComparison comparison, RunOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        TrialPolicy policy = options.Policy;
        string counted = policy.Budget is null ? $"trials {policy.Trials}" : "trials by budget";
        using FinishedExperiments? journal = options.Journal is { } path ? new FinishedExperiments(path, counted) : null;
        Experiment[] open = [.. comparison.Experiments.Where(e => journal?.Find(e.Key) is null)];
        if (options.OnPlanned is { } planned)
        {
            TimeSpan estimate = Calibrate(open, options, cancellation);
            planned(comparison.Experiments.Count, comparison.Experiments.Count - open.Length, estimate);
        }

        var runner = new ExperimentRunner(policy, options.Threads, options.Clock, journal, options.OnProgress);
        IReadOnlyDictionary<string, ExperimentResult> results = runner.Run(comparison.Experiments, cancellation);
        string[] notes = policy.Budget is null ? [] : ["Within a budget of time the number of trials, which stands in every row, depends on the machine; what a trial gives does not."];
        ComparisonResult result = comparison.Result(results, options.Command, runner.WasInterrupted, notes);
        return runner.WasInterrupted ? result : Confirm(comparison, result, options, cancellation);
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

    private static ComparisonResult Confirm(BroadcastComparison comparison, ComparisonResult result, RunOptions options, CancellationToken cancellation)
    {
        if (comparison.Confirmation(result) is not { } again)
        {
            return result;
        }

        int trials = ConfirmationEffort * result.Cells.Where(c => c.Rows.Any(r => r.IsViolated)).Max(c => c.Rows.Max(r => r.Trials));
        var runner = new ExperimentRunner(new TrialPolicy { Trials = Math.Max(ConfirmationEffort, trials) }, options.Threads, options.Clock);
        IReadOnlyDictionary<string, ExperimentResult> rerun = runner.Run(again.Experiments, cancellation);
        return runner.WasInterrupted ? result with { WasInterrupted = true } : BroadcastComparison.Confirmed(result, again.Result(rerun, options.Command, false, []));
    }
}
