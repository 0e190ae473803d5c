using Headroom.Audit.Comparisons.Trials;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>What runs gave as figures of a row, and those figures against floors.</summary>
/// <param name="strategy">Whose figures they are.</param>
/// <param name="rowsInAll">How many rows are judged, so that among many none is red by chance.</param>
internal sealed class RowJudge(string strategy, int rowsInAll)
{
    private const double Confidence = 0.95;

    /// <summary>The mean over runs with its interval, and the 99th percentile: pooled where it was, else over runs; of a share that which 99 % of the runs reach.</summary>
    public static Measured MeasuredOf(ExperimentResult runs, string name, bool isShare)
    {
        double[] values = runs.Of(name);
        double mean = runs.Mean(name);
        double p99 = runs.PooledOf(name) is { } pooled ? pooled.P99 : Over(values, isShare ? 0.01 : 0.99);
        if (!double.IsFinite(mean))
        {
            // The interval of a mean that some run never ends: above what the others show.
            return new Measured(mean, values.Min(), mean, p99);
        }

        var moments = Moments.Of(values);
        if (moments.Count < 2)
        {
            return new Measured(mean, null, null, p99);
        }

        Interval interval = moments.MeanInterval(Confidence);
        return isShare
            ? new Measured(mean, Math.Max(0, interval.Low), Math.Min(1, interval.High), p99)
            : new Measured(mean, Math.Max(values.Min(), interval.Low), interval.High, p99);
    }

    /// <summary>A floor that is the same in every run.</summary>
    public RowFloor Judged(Limit limit, ExperimentResult? runs, string name, Measured measured)
    {
        Estimate estimate = runs is null
            ? Estimate.Exact(measured.Mean, Provenance.Model("closed form"))
            : Estimate.Mean(Moments.Of(runs.Of(name)), Provenance.Simulated(strategy, 0, runs.Trials));
        return limit.Value switch
        {
            BoundValue.Finite finite => new RowFloor(limit.Id, finite.Value, Gap.Judge(estimate, limit.Value, Side.Floor, rowsInAll), limit.Arguments),
            BoundValue.OutsideRegime outside => RowFloor.None(outside.Reason),
            _ => RowFloor.None("no finite value meets this floor"),
        };
    }

    /// <summary>
    /// A floor that varies from run to run as the cost does: what is judged is the difference of the two in each run, so that the luck of a run stands on both sides.
    /// </summary>
    /// <param name="limit">The theorem.</param>
    /// <param name="floor">Its value on average.</param>
    /// <param name="costs">What each run cost.</param>
    /// <param name="floors">The floor of each run.</param>
    /// <param name="varianceMin">What the variance of the difference is at least, however alike the runs are.</param>
    public RowFloor Paired(Limit limit, double floor, double[] costs, double[] floors, double varianceMin = 0)
    {
        var above = Moments.Of([.. costs.Zip(floors, (cost, own) => cost - own)]);
        double slack = Gap.DeterministicTolerance * floor;
        double error = Math.Sqrt(Math.Max(above.Variance, varianceMin) / above.Count);
        bool isViolated = error == 0
            ? above.Mean < -slack
            : above.Count > 1 && above.Mean + (Distributions.StudentTQuantile(1 - (Gap.ViolationError / rowsInAll), above.Count - 1) * error) < -slack;
        return new RowFloor(limit.Id, floor, isViolated ? Verdict.Violated : IsAttained(above, error, floor) ? Verdict.Attained : Verdict.Open, limit.Arguments);
    }

    /// <summary>The interval of the difference holds 0, and is at most 1 % of the floor wide.</summary>
    private static bool IsAttained(Moments above, double error, double floor)
    {
        if (above.Count < Gap.AttainedSamples)
        {
            return false;
        }

        double half = error * Distributions.StudentTQuantile(1 - ((1 - Confidence) / 2), above.Count - 1);
        return Math.Abs(above.Mean) <= half + (Gap.DeterministicTolerance * floor) && 2 * half <= Gap.AttainedWidth * floor;
    }

    private static double Over(double[] values, double q)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return Quantiles.OfSorted(sorted, q);
    }
}
