using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Runs a comparison from plan to rows: estimate, experiments, and a longer rerun of whatever crosses a floor.</summary>
public static class BroadcastComparisonRun
{
    private const int ConfirmationEffort = 4;

    /// <summary>Under sustained load.</summary>
    public static ComparisonResult Run(BroadcastLoadComparison comparison, RunOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        (IReadOnlyDictionary<string, ExperimentResult> results, bool wasInterrupted) = Measurement.Of(comparison.Experiments, options, cancellation);
        return comparison.Result(results, options.Command, wasInterrupted);
    }

    public static ComparisonResult Run(BroadcastComparison comparison, RunOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        (IReadOnlyDictionary<string, ExperimentResult> results, bool wasInterrupted) = Measurement.Of(comparison.Experiments, options, cancellation);
        string[] notes = options.Policy.Budget is null ? [] : ["Within a budget of time the number of trials, which stands in every row, depends on the machine; what a trial gives does not."];
        ComparisonResult result = comparison.Result(results, options.Command, wasInterrupted, notes);
        return wasInterrupted ? result : Confirm(comparison, result, options, cancellation);
    }

    private static ComparisonResult Confirm(BroadcastComparison comparison, ComparisonResult result, RunOptions options, CancellationToken cancellation)
    {
        if (comparison.Confirmation(result) is not { } again)
        {
            return result;
        }

        int trials = ConfirmationEffort * result.Cells.Where(c => c.Rows.Any(r => r.IsViolated)).Max(c => c.Rows.Max(r => r.Trials));
        RunOptions longer = options with { Policy = new TrialPolicy { Trials = Math.Max(ConfirmationEffort, trials) }, Journal = null, OnPlanned = null };
        (IReadOnlyDictionary<string, ExperimentResult> rerun, bool wasInterrupted) = Measurement.Of(again.Experiments, longer, cancellation);
        return wasInterrupted ? result with { WasInterrupted = true } : BroadcastComparison.Confirmed(result, again.Result(rerun, options.Command, false, []));
    }
}
