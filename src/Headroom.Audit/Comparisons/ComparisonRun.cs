using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Comparisons;

/// <summary>Runs a comparison from plan to rows: estimate, experiments, and a longer rerun of whatever crosses a floor.</summary>
public static class ComparisonRun
{
    private const int ConfirmationEffort = 4;

    public static ComparisonResult Run(IComparison comparison, RunOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        (IReadOnlyDictionary<string, ExperimentResult> results, bool wasInterrupted) = Measurement.Of(comparison.Experiments, options, cancellation);
        string[] notes = options.Policy.Budget is null ? [] : ["Within a budget of time the number of trials, which stands in every row, depends on the machine; what a trial gives does not."];
        ComparisonResult result = comparison.Result(results, options.Command, wasInterrupted, notes);
        return wasInterrupted ? result : Confirm(comparison, result, options, cancellation);
    }

    /// <summary>Leaves those violations that a longer rerun with a fresh seed confirms.</summary>
    public static ComparisonResult Confirmed(ComparisonResult result, ComparisonResult rerun)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(rerun);
        HashSet<(string, string)> stand = [.. rerun.Violations.Select(Place)];
        ComparisonRow Judge(ComparisonRow row) => row.IsViolated && !stand.Contains(Place(row))
            ? row with { Floor = row.Floor with { Verdict = Verdict.Open, Reason = "crossed once by chance, not in a rerun of four times the trials with a fresh seed" } }
            : row;
        return result with { Groups = [.. result.Groups.Select(g => g with { Cells = [.. g.Cells.Select(c => c with { Rows = [.. c.Rows.Select(Judge)] })] })] };
    }

    private static ComparisonResult Confirm(IComparison comparison, ComparisonResult result, RunOptions options, CancellationToken cancellation)
    {
        if (comparison.Confirmation(result) is not { } again)
        {
            return result;
        }

        int trials = ConfirmationEffort * result.Cells.Where(c => c.Rows.Any(r => r.IsViolated)).Max(c => c.Rows.Max(r => r.Trials));
        RunOptions longer = options with { Policy = new TrialPolicy { Trials = Math.Max(ConfirmationEffort, trials) }, Journal = null, OnPlanned = null };
        (IReadOnlyDictionary<string, ExperimentResult> rerun, bool wasInterrupted) = Measurement.Of(again.Experiments, longer, cancellation);
        return wasInterrupted ? result with { WasInterrupted = true } : Confirmed(result, again.Result(rerun, options.Command, false, []));
    }

    private static (string Coordinates, string Metric) Place(ComparisonRow row) => (string.Join('|', row.Coordinates), row.Metric);
}
