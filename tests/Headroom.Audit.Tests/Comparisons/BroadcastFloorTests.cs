using System.Text.Json;
using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Tests.Comparisons;

/// <summary>Rows against what is known without them: floors that are attained, and every derived figure by hand from the trials themselves.</summary>
public sealed class BroadcastFloorTests
{
    private static readonly BroadcastGridText Lossy = new() { Protocols = "push(4)", Members = "60", Loss = "5%", Jitter = "5ms", Bandwidth = "10M" };

    [Theory]
    [InlineData("tree(4)", "complete", true)]
    [InlineData("tree(4)", "complete", false)]
    [InlineData("plumtree(5)", "grid:5x8", true)]
    public void ATreeAttainsTheFloorOfCopies(string protocol, string topology, bool runsExact)
    {
        ComparisonResult result = Comparing.Broadcasts(new BroadcastGridText { Protocols = protocol, Topology = topology, Members = "40" }, trials: Gap.AttainedSamples, runsExact: runsExact);
        // Plumtree announces besides: its copies alone attain the floor.
        foreach (string metric in protocol == "tree(4)" ? new[] { "payloads", "messages" } : ["payloads"])
        {
            ComparisonRow row = result.Rows.Single(r => r.Metric == metric);
            row.Method.ShouldBe(runsExact ? Method.Simulated : Method.ClosedForm);
            row.Measured!.Value.Mean.ShouldBe(39, metric);
            row.Floor.Value.ShouldBe(39, metric);
            row.RatioToFloor.ShouldBe(1, metric);
            row.Floor.Verdict.ShouldBe(Verdict.Attained, metric);
        }

        result.Violations.ShouldBeEmpty();
        using JsonDocument document = JsonDocument.Parse(ComparisonJson.Write(result));
        document.RootElement.GetProperty("cells")[0].GetProperty("rows")[0].GetProperty("verdict").GetString().ShouldBe("Attained");
    }

    [Fact]
    public void ATreeUnderLossAttainsTheFloorOnlyWithinItsLuckAndFloodingDoesNot()
    {
        ComparisonResult result = Comparing.Broadcasts(new BroadcastGridText { Protocols = "tree(4),flooding", Members = "60", Loss = "1%" }, trials: 100);
        ComparisonRow tree = result.Cells.First().Row("payloads")!;
        tree.RatioToFloor!.Value.ShouldBe(1, 0.01);
        tree.Floor.Verdict.ShouldBe(Verdict.Attained);
        ComparisonRow flooding = result.Cells.Last().Row("payloads")!;
        flooding.RatioToFloor!.Value.ShouldBe(58 * 0.99, 1);
        flooding.Floor.Verdict.ShouldBe(Verdict.Open);
    }

    [Theory]
    [InlineData("payloads", 0.9)]
    [InlineData("messages", 0.9)]
    [InlineData("bytes", 0.2)]
    [InlineData("hops", 0.0)]
    [InlineData("latency", 0.01)]
    [InlineData("rounds", 0.3)]
    public void AFigureBelowItsFloorIsAViolationAndNoOther(string metric, double share)
    {
        BroadcastGrid grid = BroadcastGridReader.Read(new BroadcastGridText { Protocols = "tree(4)", Members = "200", Loss = "0.1%", Bandwidth = "10M" }, new Seed(1));
        var comparison = new BroadcastComparison(grid, new Seed(1), runsExact: true);
        var runner = new ExperimentRunner(new TrialPolicy { Trials = 30 }, 1, TimeProvider.System, null, null);
        Dictionary<string, ExperimentResult> results = new(runner.Run(comparison.Experiments, CancellationToken.None));
        comparison.Result(results, "", false, []).Violations.ShouldBeEmpty();
        foreach ((string key, ExperimentResult result) in results.ToArray())
        {
            results[key] = result with { Values = [.. result.Values.Select(v => v.Name == metric ? (v.Name, v.Values.Select(x => double.IsFinite(x) ? x * share : 0.003).ToArray()) : v)] };
        }

        ComparisonRow violated = comparison.Result(results, "", false, []).Violations.ShouldHaveSingleItem();
        violated.Metric.ShouldBe(metric);
        violated.Floor.Value!.Value.ShouldBeGreaterThan(violated.Measured!.Value.Mean);
    }

    [Fact]
    public void TenTrialsAreNeededToAttain() =>
        Comparing.Broadcasts(new BroadcastGridText { Protocols = "tree(4)", Members = "40" }, trials: Gap.AttainedSamples - 1).Rows.Single(r => r.Metric == "payloads").Floor.Verdict.ShouldBe(Verdict.Open);

    [Fact]
    public void EveryFigureOfARowFollowsFromTheTrials()
    {
        const int Trials = 12;
        BroadcastOutcome[] outcomes = Outcomes(Lossy, Trials);
        ComparisonResult result = Comparing.Broadcasts(Lossy, Trials);
        ComparisonCell cell = result.Cells.Single();

        var payloads = Moments.Of([.. outcomes.Select(o => (double)o.PayloadCopies)]);
        Measured measured = cell.Row("payloads")!.Measured!.Value;
        measured.Mean.ShouldBe(payloads.Mean, 1e-9);
        // Student's t for eleven degrees of freedom.
        double half = 2.200985 * Math.Sqrt(payloads.Variance / Trials);
        measured.High!.Value.ShouldBe(payloads.Mean + half, 1e-5);
        measured.Low!.Value.ShouldBe(payloads.Mean - half, 1e-5);
        double[] sorted = [.. outcomes.Select(o => (double)o.PayloadCopies).Order()];
        measured.P99!.Value.ShouldBeInRange(sorted[^2], sorted[^1]);

        double deliveries = outcomes.Average(o => (double)o.Deliveries);
        cell.Row("payloads")!.Floor.Value!.Value.ShouldBe(deliveries / 0.95, 1e-9);
        cell.Row("payloads")!.RatioToFloor!.Value.ShouldBe(payloads.Mean / (deliveries / 0.95), 1e-9);
        cell.Row("payloads")!.RatioToTheory!.Value.ShouldBe(payloads.Mean / cell.Row("payloads")!.Theory!.Value.Average, 1e-9);
        cell.Row("bytes")!.Floor.Value!.Value.ShouldBe(deliveries * 1000, 1e-6);
        cell.FurtherOf("overheadFactor")!.Value.ShouldBe(outcomes.Average(o => (double)o.WireBytes) / (1000 * deliveries), 1e-9);

        // Pooled over all live members of all runs, those never reached among them.
        double[] times = [.. outcomes.SelectMany(o => o.Times.Skip(1)).Select(t => t == BroadcastOutcome.Never ? double.PositiveInfinity : t / 1e9).Order()];
        times.Length.ShouldBe(Trials * 59);
        cell.FurtherOf("latencyP50")!.Value.ShouldBe(times[(times.Length - 1) / 2], 0.001);
        cell.FurtherOf("latencyP90")!.Value.ShouldBe(times[(int)(0.9 * times.Length)], 0.002);
        cell.Row("latency")!.Measured!.Value.P99.ShouldBe(times[^7]);

        int all = outcomes.Count(o => o.Delivered == o.Live);
        all.ShouldBeInRange(1, Trials - 1);
        cell.FurtherOf("successRate").ShouldBe((double)all / Trials);
        cell.FurtherOf("successRateLow")!.Value.ShouldBeInRange(0, (double)all / Trials);
        cell.FurtherOf("successRateHigh")!.Value.ShouldBeInRange((double)all / Trials, 1);
    }

    [Fact]
    public void AFinishedCellIsTakenFromItsFileAndNotRunAgain()
    {
        using var folder = new TemporaryFolder();
        string journal = folder.PathOf("run.cells");
        double mean = Comparing.Broadcasts(Lossy, journal: journal).Mean("payloads");
        string kept = File.ReadAllText(journal);
        // What the file says is believed: a figure changed there shows in the result.
        string first = "\"payloads\":[";
        int at = kept.IndexOf(first, StringComparison.Ordinal) + first.Length;
        int end = kept.IndexOfAny([',', ']'], at);
        double before = double.Parse(kept[at..end], System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(journal, $"{kept[..at]}{before + 500}{kept[end..]}");
        Comparing.Broadcasts(Lossy, journal: journal).Mean("payloads").ShouldBe(mean + 100, 1e-9);
        // Whatever else determines a value makes another cell.
        foreach (BroadcastGridText other in new[] { Lossy with { Loss = "6%" }, Lossy with { Jitter = "6ms" }, Lossy with { Bandwidth = "11M" }, Lossy with { Latency = "51ms" }, Lossy with { Payload = "1001" }, Lossy with { Failures = "2%" }, Lossy with { Members = "61" } })
        {
            Comparing.Broadcasts(other, journal: journal).Mean("payloads").ShouldBe(Comparing.Broadcasts(other).Mean("payloads"));
        }
    }

    [Fact]
    public void TheRecommendationSaysWhatItIsGivenAndWhatItGivesUp()
    {
        ComparisonResult result = Comparing.Broadcasts(new BroadcastGridText { Protocols = "flooding,tree(4),push(2)", Members = "60", Loss = "5%", Jitter = "5ms", Bandwidth = "10M" }, trials: 10);
        Recommendation advice = result.Groups.Single().Recommendation!;
        advice.Strategy.ShouldBe("flooding");
        advice.Criterion.ShouldContain("at least 99.99 % of the live members");
        advice.Reason.ShouldBe("delivers 100 %, 1 times the least bytes, 1 times the least time; withstands: " + new FloodingStrategy().Protocol.FaultModel);
        advice.GivesUp.ShouldBe("nothing against the others here");
        ComparisonResult quiet = Comparing.Broadcasts(new BroadcastGridText { Protocols = "flooding,tree(4)", Members = "60", Bandwidth = "1G" }, trials: 10);
        Recommendation tree = quiet.Groups.Single().Recommendation!;
        tree.Strategy.ShouldBe("tree(4)");
        double bytes = quiet.Cells.First().Row("bytes")!.Measured!.Value.Mean / quiet.Cells.Last().Row("bytes")!.Measured!.Value.Mean;
        double time = quiet.Cells.First().Row("latency")!.Measured!.Value.P99!.Value / quiet.Cells.Last().Row("latency")!.Measured!.Value.P99!.Value;
        tree.Reason.ShouldStartWith($"delivers 100 %, 1 times the least bytes, {Kernel.Quantities.Print.Significant(1 / time, 3)} times the least time; withstands: none");
        tree.GivesUp.ShouldBe($"time: flooding takes {Kernel.Quantities.Print.Significant(time, 3)} times of it, for {Kernel.Quantities.Print.Significant(bytes, 3)} times the bytes");
    }

    [Fact]
    public void OfTwoThatSendAsMuchTheFasterIsRecommended() => Comparing.Broadcasts(new BroadcastGridText { Protocols = "tree(1),tree(4)", Members = "60", Bandwidth = "10M" })
        .Groups.Single().Recommendation!.Strategy.ShouldBe("tree(4)");

    [Theory]
    [InlineData("tree(4)", "0", "0", true)]
    [InlineData("flooding", "0", "0", true)]
    [InlineData("tree(4)", "5ms", "0", false)]
    [InlineData("tree(4)", "0", "1%", false)]
    [InlineData("push(4)", "0", "0", false)]
    public void ClosedFormsStandInForRunsOnlyWhereTheyAreExact(string protocol, string jitter, string loss, bool isClosed)
    {
        var text = new BroadcastGridText { Protocols = protocol, Members = "50", Jitter = jitter, Loss = loss };
        ComparisonResult result = Comparing.Broadcasts(text, trials: 3, runsExact: false);
        result.Rows.ShouldAllBe(row => row.Method == (isClosed ? Method.ClosedForm : Method.Simulated) && row.Trials == (isClosed ? 0 : 3));
        ComparisonResult run = Comparing.Broadcasts(text, trials: 3);
        run.Rows.ShouldAllBe(row => row.Method == Method.Simulated);
        foreach ((ComparisonRow closed, ComparisonRow simulated) in result.Rows.Zip(run.Rows))
        {
            (double one, double other) = (closed.Measured!.Value.Mean, simulated.Measured!.Value.Mean);
            (one == other || Math.Abs(one - other) <= 1e-9 * other).ShouldBeTrue($"{closed.Metric}: {one}, {other}");
        }
    }

    /// <summary>The trials of the only cell, run by themselves with the seeds that its key names.</summary>
    private static BroadcastOutcome[] Outcomes(BroadcastGridText text, int trials)
    {
        BroadcastGrid grid = BroadcastGridReader.Read(text, new Seed(1));
        var comparison = new BroadcastComparison(grid, new Seed(1), runsExact: true);
        string key = comparison.Experiments.Single(e => e.Key.StartsWith("broadcast in time", StringComparison.Ordinal)).Key;
        Seed own = new Seed(1).Named("compare").Named(BroadcastComparison.Subject).Named(key);
        BroadcastPlan plan = grid.Protocols[0].Plan(grid.Networks[0].Setting);
        return [.. Enumerable.Range(0, trials).Select(i => plan(own.At(i)))];
    }
}
