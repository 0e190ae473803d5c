using System.Text;
using System.Text.Json;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Reading;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Tests.Comparisons;

public sealed class BroadcastComparisonTests
{
    private static readonly BroadcastGridText Faulty = new()
    {
        Protocols = "flooding,push(6),tree(4),epidemic-broadcast-tree(3,0.1)",
        Members = "60",
        Loss = "0,5%",
        Jitter = "5ms",
        Bandwidth = "10M",
        Failures = "0,10%",
    };

    [Theory]
    [InlineData("grid:5x5", 56)]
    [InlineData("line:25", 24)]
    [InlineData("tree4:25", 24)]
    [InlineData("complete", 576)]
    public void FloodingsCopiesAreMaelstroms(string topology, double copies)
    {
        ComparisonResult result = Comparing.Broadcasts(new BroadcastGridText { Protocols = "flooding", Topology = topology, Members = "25" });
        result.Mean("payloads").ShouldBe(copies);
        result.Mean("messages").ShouldBe(copies);
        result.Mean("delivered").ShouldBe(1);
    }

    [Fact]
    public void RowsHaveTheNamedProperties()
    {
        byte[] json = ComparisonJson.Write(Comparing.Broadcasts(Faulty, trials: 2));
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement rows = document.RootElement.GetProperty("rows");
        rows.GetArrayLength().ShouldBe(4 * 4 * 7);
        foreach (JsonElement row in rows.EnumerateArray())
        {
            row.EnumerateObject().Select(p => p.Name).ShouldBe([
                "protocol", "members", "topology", "latency", "loss", "bandwidth", "jitter", "failures", "trials", "metric", "unit", "theory", "measured", "floor", "ratioToTheory", "ratioToFloor"]);
            row.GetProperty("measured").EnumerateObject().Select(p => p.Name).ShouldBe(["mean", "low", "high", "p99"]);
        }

        document.RootElement.GetProperty("seed").GetInt32().ShouldBe(1);
        document.RootElement.GetProperty("version").GetString().ShouldBe(AuditResult.Version);
    }

    [Fact]
    public void ThreadsChangeNoByte()
    {
        byte[] one = ComparisonJson.Write(Comparing.Broadcasts(Faulty));
        byte[] three = ComparisonJson.Write(Comparing.Broadcasts(Faulty, threads: 3));
        three.ShouldBe(one);
        ComparisonJson.Write(Comparing.Broadcasts(Faulty, seed: 2)).ShouldNotBe(one);
    }

    [Fact]
    public void ACellsValuesDoNotDependOnItsNeighbours()
    {
        ComparisonResult alone = Comparing.Broadcasts(Faulty with { Protocols = "push(6)", Loss = "5%", Failures = "10%" });
        ComparisonResult among = Comparing.Broadcasts(Faulty);
        ComparisonCell same = among.Cells.Single(c => c.Strategy == "push(6)" && c.Coordinates.SequenceEqual(alone.Cells.Single().Coordinates));
        same.Rows.Select(r => r.Measured).ShouldBe(alone.Rows.Select(r => r.Measured));
    }

    [Fact]
    public void AMemberNeverReachedMakesLatencyInfiniteAndIsNotDropped()
    {
        ComparisonResult result = Comparing.Broadcasts(new BroadcastGridText { Protocols = "push(2)", Members = "200" });
        result.Mean("delivered").ShouldBeInRange(0.5, 0.95);
        ComparisonRow latency = result.Rows.Single(r => r.Metric == "latency");
        latency.Measured!.Value.Mean.ShouldBe(double.PositiveInfinity);
        latency.Measured.Value.P99.ShouldBe(double.PositiveInfinity);
        result.Cells.Single().FurtherOf("latencyP50")!.Value.ShouldBeLessThan(1);
    }

    [Fact]
    public void NothingCrossesAFloor() => Comparing.Broadcasts(Faulty, trials: 12).Violations.ShouldBeEmpty();

    [Fact]
    public void AnInterruptedRunGoesOnFromItsFinishedCellsAndATornLineCostsOne()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = ComparisonJson.Write(Comparing.Broadcasts(Faulty));
        string journal = folder.PathOf("run.cells");
        using var interrupt = new CancellationTokenSource();
        ComparisonResult part = Comparing.Broadcasts(Faulty, journal: journal, cancellation: interrupt.Token, onProgress: p =>
        {
            if (p.Finished == 9)
            {
                interrupt.Cancel();
            }
        });
        part.WasInterrupted.ShouldBeTrue();
        part.Cells.Count().ShouldBeInRange(1, 15);
        string[] lines = File.ReadAllLines(journal);
        lines.Length.ShouldBeGreaterThanOrEqualTo(10);
        File.WriteAllText(journal, string.Join('\n', lines)[..^20]); // a crash in the middle of the last line
        int finishedAtStart = -1;
        byte[] resumed = ComparisonJson.Write(Comparing.Broadcasts(Faulty, journal: journal, onProgress: p => finishedAtStart = finishedAtStart < 0 ? p.Finished : finishedAtStart));
        resumed.ShouldBe(whole);
        finishedAtStart.ShouldBeGreaterThanOrEqualTo(lines.Length - 2);
        Comparing.Broadcasts(Faulty, journal: journal, onProgress: _ => throw new InvalidOperationException("nothing is left to run"));
    }

    [Fact]
    public void FinishedCellsOfOtherOptionsAreNotTaken()
    {
        using var folder = new TemporaryFolder();
        string journal = folder.PathOf("run.cells");
        BroadcastGridText text = Faulty with { Protocols = "push(6)" };
        _ = Comparing.Broadcasts(text, journal: journal);
        ComparisonJson.Write(Comparing.Broadcasts(text, trials: 3, journal: journal)).ShouldBe(ComparisonJson.Write(Comparing.Broadcasts(text, trials: 3)));
        ComparisonJson.Write(Comparing.Broadcasts(text, seed: 3, journal: journal)).ShouldBe(ComparisonJson.Write(Comparing.Broadcasts(text, seed: 3)));
        string foreign = folder.PathOf("letter.txt");
        File.WriteAllText(foreign, "Dear Sir");
        Should.Throw<InputException>(() => Comparing.Broadcasts(text, journal: foreign)).Problem.ShouldContain("not a file of finished cells");
        File.ReadAllText(foreign).ShouldBe("Dear Sir");
    }

    [Fact]
    public void ABudgetRunsMoreTrialsWhereIntervalsAreWideAndChangesNoTrial()
    {
        BroadcastGridText text = Faulty with { Protocols = "push(6),tree(4)", Loss = "5%", Failures = "0" };
        ComparisonResult within = Comparing.Broadcasts(text, policy: new TrialPolicy { Trials = 64, Budget = TimeSpan.FromMinutes(5) });
        int trials = within.Cells.First(c => c.Strategy == "tree(4)").Row("payloads")!.Trials;
        trials.ShouldBe(64);
        ComparisonResult fixedTrials = Comparing.Broadcasts(text, trials: 64);
        within.Cells.First(c => c.Strategy == "tree(4)").Row("latency")!.Measured.ShouldBe(fixedTrials.Cells.First(c => c.Strategy == "tree(4)").Row("latency")!.Measured);
        ComparisonResult none = Comparing.Broadcasts(text, policy: new TrialPolicy { Trials = 64, Budget = TimeSpan.FromTicks(1) });
        none.Cells.First().Row("payloads")!.Trials.ShouldBe(4);
    }

    [Theory]
    [InlineData("--protocols", "did you mean flooding?", "floding", null)]
    [InlineData("--protocols", "fan-out is a whole number between 1", "push(0)", null)]
    [InlineData("--protocols", "needs more than 60 members", "push(60)", null)]
    [InlineData("--protocols", "an empty value", "push(3),", null)]
    [InlineData("--protocols", "a topology was given", "tree(4)", "line:60")]
    [InlineData("--topology", "did you mean grid?", "flooding", "gird:6x10")]
    [InlineData("--topology", "is written grid:5x5", "flooding", "grid:6")]
    [InlineData("--topology", "is not connected", "flooding", "regular:1")]
    [InlineData("--topology", "at most 59 links", "flooding", "regular:60")]
    [InlineData("--topology", "no topology or file", "flooding", "missing.graph")]
    [InlineData("--topology", "a whole number between 1", "flooding", "line:-3")]
    [InlineData("--members", "has 25 members, not 60", "flooding", "grid:5x5")]
    public void WhatIsImpossibleIsRefused(string option, string problem, string protocols, string? topology)
    {
        InputException refused = Should.Throw<InputException>(() => BroadcastGridReader.Read(new BroadcastGridText { Protocols = protocols, Members = "60", Topology = topology ?? "complete" }, new Seed(1)));
        refused.Mark.File.ShouldBe(option);
        refused.Problem.ShouldContain(problem);
    }

    [Theory]
    [InlineData("members", "1")]
    [InlineData("members", "2.5")]
    [InlineData("members", "ten")]
    [InlineData("members", "1e300")]
    [InlineData("latency", "-1ms")]
    [InlineData("latency", "5")]
    [InlineData("latency", "2 days")]
    [InlineData("loss", "100%")]
    [InlineData("loss", "-1%")]
    [InlineData("bandwidth", "0")]
    [InlineData("bandwidth", "fast")]
    [InlineData("jitter", "1kB")]
    [InlineData("failures", "1")]
    [InlineData("payload", "0")]
    public void ImpossibleNumbersAreRefused(string axis, string value)
    {
        var text = new BroadcastGridText { Protocols = "flooding" };
        text = axis switch
        {
            "members" => text with { Members = value },
            "latency" => text with { Latency = value },
            "loss" => text with { Loss = value },
            "bandwidth" => text with { Bandwidth = value },
            "jitter" => text with { Jitter = value },
            "failures" => text with { Failures = value },
            _ => text with { Payload = value },
        };
        Should.Throw<InputException>(() => BroadcastGridReader.Read(text, new Seed(1))).Mark.File.ShouldBe("--" + axis);
    }

    [Fact]
    public void AxesReadAsPeopleWriteThem()
    {
        BroadcastGrid grid = BroadcastGridReader.Read(new BroadcastGridText
        {
            Protocols = "push(6),push(5,3)",
            Members = "100,1k,10k",
            Latency = "1ms,0",
            Loss = "0.1%,0.01",
            Bandwidth = "1G,20MB/s,inf",
            Jitter = "100us",
            Failures = "5%",
            Payload = "2kB",
        }, new Seed(1));
        grid.Protocols.Select(p => p.Name).ShouldBe(["push(6)", "push(5,3)"]);
        grid.Networks.Count.ShouldBe(3 * 2 * 2 * 3);
        grid.Networks.Select(n => n.Setting.Network.BandwidthBps).Distinct().ShouldBe([1e9, 160e6, double.PositiveInfinity]);
        grid.Networks.Select(n => n.Setting.Network.Loss).Distinct().ShouldBe([0.001, 0.01]);
        grid.Networks.ShouldAllBe(n => n.Setting.PayloadBytes == 2000 && n.Setting.Network.Jitter.MeanNs == 100_000);
    }

    [Fact]
    public void CsvHasARowForEachJsonRow()
    {
        ComparisonResult result = Comparing.Broadcasts(Faulty, trials: 2);
        string[] lines = Encoding.UTF8.GetString(ComparisonCsv.Write(result)).TrimEnd('\n').Split('\n');
        lines[0].ShouldStartWith("protocol,members,topology,latency,loss,bandwidth,jitter,failures,trials,metric,unit,theory.bestCase");
        lines.Length.ShouldBe(1 + result.Rows.Count());
        lines.ShouldContain(l => l.StartsWith("\"epidemic-broadcast-tree(3,0.1)\",60,complete,0.05,0,10000000,0.005,0,2,payloads,", StringComparison.Ordinal));
    }
}
