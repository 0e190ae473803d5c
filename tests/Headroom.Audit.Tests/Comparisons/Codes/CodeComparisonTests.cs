using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Codes;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Comparisons.Codes;

public sealed class CodeComparisonTests
{
    private static readonly ComparisonResult Result = Run(new CodeGridText { StoragePrice = "21 $/TB/month", EgressPrice = "0.02 $/GB" });

    [Fact]
    public void EveryCodeHasEveryMetricAndNoneCrossesItsFloor()
    {
        Result.Cells.Select(cell => cell.Strategy).ShouldBe(["replication(3)", "rs(6,3)", "rs(10,4)", "lrc(12,2,2)", "clay(10,4,13)", "mbr(10,4,13)"]);
        Result.Cells.ShouldAllBe(cell => cell.Rows.Count == Result.Metrics.Count);
        Result.Violations.ShouldBeEmpty();
        Result.Groups[0].Recommendation.ShouldNotBeNull();
    }

    /// <summary>The chain lies in three times the half-width of the 95 % interval: about 1e-7 by chance.</summary>
    [Fact]
    public void TheTwoModelsOfLossAgree()
    {
        foreach (ComparisonRow row in Result.Rows.Where(row => row.Metric == "yearly loss"))
        {
            Measured measured = row.Measured!.Value;
            double half = measured.High!.Value - measured.Mean;
            row.Theory!.Value.Average.ShouldBe(measured.Mean, 3 * half, row.Coordinates[0].Text);
            (half / measured.Mean).ShouldBeLessThan(0.5);
        }
    }

    [Fact]
    public void ClayAttainsTheCutSetAndMinimumBandwidthReceivesWhatWasLost()
    {
        ComparisonRow clay = Result.Cells.Single(cell => cell.Strategy == "clay(10,4,13)").Row("repair traffic")!;
        clay.Measured!.Value.Mean.ShouldBe(3.25, 1e-12);
        clay.Floor.Verdict.ShouldBe(Verdict.Attained);
        ComparisonRow mbr = Result.Cells.Single(cell => cell.Strategy == "mbr(10,4,13)").Row("repair traffic")!;
        mbr.Measured!.Value.Mean.ShouldBe(1, 1e-12);
        mbr.Floor.Bound.ShouldBe("coding.storage-repair");
    }

    [Fact]
    public void WhatIsStoredIsDrawnAgainstWhatItBuys()
    {
        ScatterExhibit[] plots = [.. Result.Exhibits.OfType<ScatterExhibit>()];
        plots.Select(plot => plot.Y.Label).ShouldBe(["yearly loss", "repair traffic", "degraded read"]);
        plots.ShouldAllBe(plot => plot.Points.Count == 6);
        ScatterPoint clay = plots[1].Points.Single(point => point.Name == "clay(10,4,13)");
        clay.X.ShouldBe(1.4, 1e-12);
        clay.Y.ShouldBe(3.25, 1e-12);
        plots[0].Points.Single(point => point.Role == Role.Now).Name.ShouldBe("replication(3)");
        plots[0].Points.Single(point => point.Role == Role.Best).Name.ShouldBe(Result.Groups[0].Recommendation!.Strategy);
    }

    /// <summary>Repairs that take ages are not followed on a clock of nanoseconds; the closed form stands.</summary>
    [Theory]
    [InlineData("1e30 TB", "50 MB/s", null)]
    [InlineData("800 TB", "1 B/y", null)]
    [InlineData("800 TB", "50 MB/s", "40 20y 1B/y")]
    public void RepairsWithoutEndAreNoCrash(string data, string bandwidth, string? racks)
    {
        ComparisonResult result = Run(new CodeGridText { Codes = "replication(3),rs(10,4)", Data = data, Bandwidth = bandwidth, Racks = racks });
        result.Cells.Count().ShouldBe(2);
        result.Violations.ShouldBeEmpty();
        result.Notes.ShouldNotContain(note => note.Contains("times; both models", StringComparison.Ordinal));
        result.Rows.Where(row => row.Metric == "yearly loss").ShouldAllBe(row => row.Measured!.Value.Mean > 0.999);
    }

    /// <summary>What is typed becomes lines of a system file; what these refuse is told of the option.</summary>
    [Theory]
    [InlineData("--codes", "over 14 nodes; there are 5", "5", "3 y", "8 ms", null, null)]
    [InlineData("--nodes", "whole number", "many", "3 y", "8 ms", null, null)]
    [InlineData("--mttf", "no unit", "400", "3", "8 ms", null, null)]
    [InlineData("--p99", "below 'latency'", "400", "3 y", "50 ms", null, null)]
    [InlineData("--racks", "7 equal racks", "400", "3 y", "8 ms", "7 20y", null)]
    [InlineData("--racks", "above zero", "400", "3 y", "8 ms", "40 20y 0Gbit/s", null)]
    [InlineData("--storage-price", "no unit", "400", "3 y", "8 ms", null, "21")]
    public void WhatIsRefusedIsToldOfItsOption(string option, string says, string nodes, string mttf, string latency, string? racks, string? price)
    {
        InputException refused = Should.Throw<InputException>(() => CodeGridReader.Read(new CodeGridText { Codes = "rs(10,4)", Nodes = nodes, Mttf = mttf, Latency = latency, Racks = racks, StoragePrice = price }));
        refused.Message.ShouldStartWith($"{option}: ");
        refused.Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("rs(10;4)", null, null, "rs")]
    [InlineData("", null, null, "--codes")]
    [InlineData("rs(10,4)", "7 20y", null, "equal racks")]
    [InlineData("rs(10,4)", "soon", null, "COUNT MTTF")]
    [InlineData("rs(10,4)", null, "3 TB", "mttf")]
    public void WhatCannotBeIsRefused(string codes, string? racks, string? mttf, string says) =>
        Should.Throw<InputException>(() => CodeGridReader.Read(new CodeGridText { Codes = codes, Racks = racks, Mttf = mttf ?? "3 y" })).Message.ShouldContain(says);

    private static ComparisonResult Run(CodeGridText text) => ComparisonRun.Run(new CodeComparison(CodeGridReader.Read(text), new Seed(1)),
        new RunOptions { Policy = new TrialPolicy { Trials = 200 }, Threads = 2, Clock = TimeProvider.System, Command = "test" }, CancellationToken.None);
}
