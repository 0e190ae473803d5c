using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Repairs;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Reading;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Comparisons.Repairs;

public sealed class RepairComparisonTests
{
    private static readonly ComparisonResult Result = Run(new RepairGridText { Shard = "8 MB" });

    [Fact]
    public void NoRepairCrossesItsFloorAndEveryOneLiesWithinTheory()
    {
        Result.Groups.Count.ShouldBe(5);
        Result.Groups.ShouldAllBe(group => group.Cells.Count == 5);
        Result.Violations.ShouldBeEmpty();
        foreach (ComparisonRow row in Result.Rows)
        {
            row.Measured!.Value.Mean.ShouldBeInRange(row.Theory!.Value.BestCase * (1 - 1e-9), row.Theory.Value.WorstCase * (1 + 1e-6), row.Coordinates[0].Text);
            row.Floor.Value.ShouldNotBeNull(row.Floor.Reason);
        }
    }

    /// <summary>On slow links Clay comes within TCP's headers of the cut-set bound's time and Reed-Solomon takes 40/13 of it; on fast ones something else decides.</summary>
    [Fact]
    public void ClayMeetsTheCutSetBoundWhileTheLineDecides()
    {
        ComparisonCell clay = Cell("clay(10,4,13)", 1e9);
        clay.Row("repair time")!.RatioToFloor!.Value.ShouldBeInRange(1, 1.06);
        clay.Row("repair time")!.Floor.Bound.ShouldBe("coding.repair-time");
        clay.Row("received")!.Floor.Bound.ShouldBe("coding.cut-set-repair");
        Cell("mbr(10,4,13)", 1e9).Row("received")!.Floor.Bound.ShouldBe("coding.storage-repair");
        (Seconds("rs(10,4)", 1e9) / Seconds("clay(10,4,13)", 1e9)).ShouldBe(40.0 / 13, 0.03);
        Cell("clay(10,4,13)", 1e9).FurtherOf("lineBusy")!.Value.ShouldBeGreaterThan(0.97);
        Cell("clay(10,4,13)", 100e9).FurtherOf("processorBusy")!.Value.ShouldBeGreaterThan(0.9);
        Cell("rs(10,4)", 100e9).FurtherOf("diskBusy")!.Value.ShouldBeGreaterThan(0.9);
    }

    /// <summary>Just below the crossing that a note states the line is busier than anything else, just above it is not.</summary>
    [Fact]
    public void TheCrossingIsWhereTheBottleneckChanges()
    {
        foreach (string code in new[] { "rs(10,4)", "clay(10,4,13)", "mbr(10,4,13)" })
        {
            double crossing = Cell(code, 1e9).FurtherOf("crossing")!.Value;
            ComparisonResult around = Run(new RepairGridText { Codes = code, Shard = "8 MB", Network = $"{crossing * 0.97:F0},{crossing * 1.03:F0}" });
            bool LineDecides(ComparisonGroup group) => group.Cells[0].FurtherOf("lineBusy") > Math.Max(group.Cells[0].FurtherOf("diskBusy")!.Value, group.Cells[0].FurtherOf("processorBusy")!.Value);
            LineDecides(around.Groups[0]).ShouldBeTrue(code);
            LineDecides(around.Groups[1]).ShouldBeFalse(code);
            ComparisonCell beyond = around.Groups[1].Cells[0];
            string busiest = beyond.FurtherOf("diskBusy") > beyond.FurtherOf("processorBusy") ? "the disk takes longer" : "the processor takes longer";
            beyond.Further.Single(further => further.Name == "crossing").Meaning.ShouldEndWith(busiest);
        }
    }

    [Fact]
    public void StatedRatesOfComputingAreTakenByKindOfCode()
    {
        ComparisonResult result = Run(new RepairGridText { Shard = "2 MB", Codes = "rs(4,2),clay(4,2)", Network = "inf", Disk = "inf", Compute = "clay=100MB/s,1GB/s", LinkLatency = "0" });
        ComparisonCell[] cells = [.. result.Cells];
        cells[1].Row("repair time")!.Measured!.Value.Mean.ShouldBe(10 * cells[0].Row("repair time")!.Measured!.Value.Mean, 1e-3 * cells[0].Row("repair time")!.Measured!.Value.Mean);
        cells[0].Row("repair time")!.Floor.Value.ShouldBeNull();
        cells[0].FurtherOf("crossing").ShouldNotBeNull();
    }

    [Fact]
    public void MeasuredRatesOfComputingAreSaidToBeTheMachines()
    {
        ComparisonResult result = Run(new RepairGridText { Shard = "2 MB", Codes = "rs(4,2),mbr(4,2)", Network = "1G", Compute = "measured" });
        result.Notes.ShouldContain(note => note.Contains("measured on this machine", StringComparison.Ordinal));
        result.Cells.ShouldAllBe(cell => cell.FurtherOf("computing") > 1e5);
    }

    [Theory]
    [InlineData("rs(4,0)", "1G", "1GB/s", "--codes", "no redundancy")]
    [InlineData("rs(4;2)", "1G", "1GB/s", "--codes", "whole numbers")]
    [InlineData("rs(4,2)", "fast", "1GB/s", "--network", "bandwidth")]
    [InlineData("rs(4,2)", "1G", "rss=1GB/s", "--compute", "lrc")]
    [InlineData("rs(4,2)", "1G", "1GB/s,2GB/s", "--compute", "twice")]
    [InlineData("rs(4,2)", "1G", "", "--compute", "missing")]
    public void WhatCannotBeIsRefused(string codes, string network, string compute, string option, string says)
    {
        InputException e = Should.Throw<InputException>(() => RepairGridReader.Read(new RepairGridText { Codes = codes, Network = network, Compute = compute }));
        e.Message.ShouldContain(option);
        e.Message.ShouldContain(says);
    }

    private static ComparisonCell Cell(string code, double bps) => Result.Cells.Single(cell => cell.Strategy == code && cell.Coordinates[1].Number == bps);

    private static double Seconds(string code, double bps) => Cell(code, bps).Row("repair time")!.Measured!.Value.Mean;

    private static ComparisonResult Run(RepairGridText text) => ComparisonRun.Run(new RepairComparison(RepairGridReader.Read(text), new Seed(1), TimeProvider.System),
        new RunOptions { Policy = new TrialPolicy { Trials = 1 }, Threads = 2, Clock = TimeProvider.System, Command = "test" }, CancellationToken.None);
}
