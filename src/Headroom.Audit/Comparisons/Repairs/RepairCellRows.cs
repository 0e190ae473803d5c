using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Studies.Store;
using Headroom.Coding.Bounds;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>The rows of one code over lines of one speed, beside what no code of its shape comes below.</summary>
internal static class RepairCellRows
{
    public static ComparisonCell Of(RepairCell cell, ExperimentResult run, int rowsInAll)
    {
        ShardRepairOptions options = cell.Options;
        double seconds = run.Mean(RepairMetrics.Time);
        Limit reads = StoreLimits.ReadsFloor(options.Code);
        Limit time = Limit.Of(RepairFloor.Time, new BoundArguments
        {
            ["bytes"] = (double)options.Blocks * options.ExactBlockBytes,
            ["nodes"] = 1,
            ["bandwidth"] = options.BandwidthBps / 8,
            ["reads"] = reads.Value.Number!.Value,
        });
        Coordinate[] coordinates = [Coordinate.Of("code", options.Code.Name), Coordinate.Of("network", options.BandwidthBps)];
        ShardRepairTheory theory = cell.Theory;
        double received = theory.ReceivedBytes / ((double)options.Blocks * options.ExactBlockBytes);
        ComparisonRow Row(string metric, double value, TheoryCases cases, RowFloor floor) => new()
        {
            Coordinates = coordinates,
            Trials = run.Trials,
            Metric = metric,
            Unit = RepairMetrics.All.First(known => known.Name == metric).Unit,
            Theory = cases,
            Measured = Measured.Exactly(value, null),
            Method = Method.Simulated,
            Floor = floor,
        };
        RowFloor Judged(Limit limit, double value) => limit.Value is BoundValue.Finite floor
            ? new RowFloor(limit.Id, floor.Value, Gap.Judge(Estimate.Exact(value, Provenance.Simulated(options.Code.Name, 0, run.Trials)), limit.Value, Side.Floor, rowsInAll), limit.Arguments)
            : RowFloor.None("no finite value meets this floor");
        double Share(string what) => seconds > 0 ? run.Mean(what) / seconds : 0;
        (double crossing, string then) = cell.Crossing();
        return new ComparisonCell
        {
            Strategy = options.Code.Name,
            Coordinates = coordinates,
            Rows =
            [
                Row(RepairMetrics.Time, seconds, new TheoryCases(theory.BestSeconds, theory.AverageSeconds, theory.WorstSeconds),
                    double.IsPositiveInfinity(options.BandwidthBps) ? RowFloor.None("lines of infinite speed take no time") : Judged(time, seconds)),
                Row(RepairMetrics.Received, run.Mean(RepairMetrics.Received), new TheoryCases(received, received, received), Judged(reads, run.Mean(RepairMetrics.Received))),
            ],
            Further =
            [
                ("lineBusy", "share", Share(RepairMetrics.Line), "share of the time in which the newcomer's line was busy"),
                ("diskBusy", "share", Share(RepairMetrics.Disk), "of the busiest helper's disk"),
                ("processorBusy", "share", Share(RepairMetrics.Processor), "of the busiest processor"),
                ("crossing", "bit/s", double.IsFinite(crossing) ? crossing : null, $"the speed of lines from which on the {then} takes longer"),
                ("computing", "B/s", double.IsFinite(options.RebuildBytesPerSecond) ? options.RebuildBytesPerSecond : null, "bytes that the newcomer's processor rebuilds"),
                ("stored", "B/B", options.Code.Overhead, "bytes stored per byte of data"),
            ],
            Note = $"busy: line {Percent(Share(RepairMetrics.Line))}, disk {Percent(Share(RepairMetrics.Disk))}, processor {Percent(Share(RepairMetrics.Processor))}",
        };
    }

    private static string Percent(double share) => $"{Kernel.Quantities.Print.Significant(100 * share, 3)} %";
}
