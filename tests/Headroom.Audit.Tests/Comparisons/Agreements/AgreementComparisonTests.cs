using System.Text.Json;
using Headroom.Audit.Comparisons;
using Headroom.Audit.Comparisons.Agreements;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Comparisons.Trials;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Tests.Comparisons.Agreements;

/// <summary>The rows of a comparison against what is known without them, and what a user gets wrong.</summary>
public sealed class AgreementComparisonTests
{
    private static readonly AgreementGridText Small = new() { Protocols = "raft,isr(2),abd", Operations = "200" };

    [Fact]
    public void WhateverIsRegisteredIsCompared()
    {
        ComparisonResult result = Run(new AgreementGridText { Operations = "60" }, trials: 1);
        foreach (ComparisonGroup group in result.Groups)
        {
            group.Cells.Select(c => c.Strategy).ShouldBe(AgreementStrategies.Usual.Select(s => s.Name));
            group.Cells.ShouldAllBe(cell => cell.Rows.Count == 5 && cell.Rows.All(row => row.Measured != null));
        }

        result.Groups.Count.ShouldBe(2);
        result.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void EveryFigureOfARowFollowsFromTheTrials()
    {
        const int Trials = 4;
        AgreementGridText text = Small with { Protocols = "raft", Jitter = "2ms", Loss = "1%" };
        AgreementGrid grid = AgreementGridReader.Read(text);
        var comparison = new AgreementComparison(grid, new Seed(1));
        string key = comparison.Experiments.First(e => e.Key.StartsWith("agreement in time", StringComparison.Ordinal)).Key;
        Seed own = new Seed(1).Named("compare").Named(AgreementComparison.Subject).Named(key);
        AgreementSetting setting = grid.Cases[0].Setting;
        AgreementOutcome[] outcomes = [.. Enumerable.Range(0, Trials).Select(i => SimulatedAgreement.Run(grid.Protocols[0], setting, own.At(i)))];
        ComparisonCell cell = Run(text, Trials).Cells.First();

        var messages = Moments.Of([.. outcomes.Select(o => o.MessagesPerOperation)]);
        cell.Row("messages")!.Measured!.Value.Mean.ShouldBe(messages.Mean, 1e-12);
        // Student's t for three degrees of freedom.
        (cell.Row("messages")!.Measured!.Value.High!.Value - messages.Mean).ShouldBe(3.182446 * Math.Sqrt(messages.Variance / Trials), 1e-5);
        cell.Row("bytes")!.Measured!.Value.Mean.ShouldBe(outcomes.Average(o => o.BytesPerOperation), 1e-9);
        cell.Row("latency")!.Measured!.Value.Mean.ShouldBe(outcomes.Average(o => o.LatenciesSeconds().Average()), 1e-12);
        double[] pooled = [.. outcomes.SelectMany(o => o.LatenciesSeconds()).Order()];
        cell.Row("latency")!.Measured!.Value.P99!.Value.ShouldBe(Quantiles.OfSorted(pooled, 0.99));
        cell.FurtherOf("latencyP50")!.Value.ShouldBe(Quantiles.OfSorted(pooled, 0.5));
        cell.FurtherOf("busiestServerBytes")!.Value.ShouldBe(outcomes.Average(o => (double)o.BusiestBytes / o.Operations), 1e-9);
        cell.FurtherOf("overheadFactor")!.Value.ShouldBe(outcomes.Average(o => o.BytesPerOperation) / 256, 1e-9);
        cell.FurtherOf("silence")!.Value.ShouldBe(outcomes.Average(o => o.SilenceNs() / 1e9), 1e-12);
        cell.Row("bytes")!.Floor.Value!.Value.ShouldBe(2 * 256, 1e-9);
        cell.Row("latency")!.Floor.Value!.Value.ShouldBe(0.011, 1e-12);
        cell.Row("messages")!.Floor.Value!.Value.ShouldBe(3 * outcomes.Average(o => (double)o.Apart().Writes / o.Operations), 1e-9);
        cell.Row("messages")!.Theory.ShouldBeNull("messages are lost");
        cell.Row("rounds")!.Theory!.Value.Average.ShouldBe(4);
    }

    [Theory]
    [InlineData("messages", 0.05)]
    [InlineData("bytes", 0.2)]
    [InlineData("rounds", 0.4)]
    [InlineData("latency", 0.4)]
    public void AFigureBelowItsFloorIsAViolationAndNoOther(string metric, double share)
    {
        var comparison = new AgreementComparison(AgreementGridReader.Read(Small with { Protocols = "raft", Jitter = "1ms" }), new Seed(1));
        var runner = new ExperimentRunner(new TrialPolicy { Trials = 10 }, 1, TimeProvider.System, null, null);
        Dictionary<string, ExperimentResult> results = new(runner.Run(comparison.Experiments, CancellationToken.None));
        comparison.Result(results, "", false, []).Violations.ShouldBeEmpty();
        foreach ((string key, ExperimentResult result) in results.Where(pair => pair.Key.Contains("writes", StringComparison.Ordinal)).ToArray())
        {
            results[key] = result with { Values = [.. result.Values.Select(v => v.Name == metric ? (v.Name, v.Values.Select(x => x * share).ToArray()) : v)] };
        }

        ComparisonResult low = comparison.Result(results, "", false, []);
        ComparisonRow violated = low.Violations.ShouldHaveSingleItem();
        violated.Metric.ShouldBe(metric);
        // What a rerun does not confirm was luck.
        comparison.Confirmation(low).ShouldNotBeNull().Cells.ShouldBe(1);
        ComparisonRun.Confirmed(low, Run(Small, 2)).Violations.ShouldBeEmpty();
    }

    [Fact]
    public void WhereNothingIsLostOneRunAfterTheOtherTakesWhatTheoryAndFloorSay()
    {
        // Slowly: no two operations meet.
        ComparisonResult result = Run(new AgreementGridText { Protocols = "raft-lease,abd,isr-leader", Rate = "2", Operations = "100", Clients = "1", Disk = "0", Bandwidth = "inf" }, trials: Gap.AttainedSamples);
        ComparisonCell read = result.Groups[1].Cells[0];
        read.Row("rounds")!.Floor.Verdict.ShouldBe(Verdict.Attained);
        read.Row("latency")!.Floor.Verdict.ShouldBe(Verdict.Attained);
        read.Row("rounds")!.RatioToTheory!.Value.ShouldBe(1, 1e-3);
        ComparisonCell abd = result.Groups[0].Cells[1];
        abd.Row("messages")!.Floor.Value!.Value.ShouldBe(3, 0.2);
        abd.Row("messages")!.RatioToTheory!.Value.ShouldBe(1, 0.01);
        abd.Row("rounds")!.RatioToFloor!.Value.ShouldBe(2, 0.01);
    }

    [Fact]
    public void CrashesShowAsSilenceAndBeyondWhatIsSurvivedAsOperationsWithoutAnswer()
    {
        ComparisonResult result = Run(new AgreementGridText { Protocols = "raft,isr(2),abd", Members = "3", Rate = "20", Failures = "1,2" }, trials: 2);
        ComparisonGroup one = result.Groups.First(g => g.Setting.Contains("1 crash,", StringComparison.Ordinal) || g.Setting.EndsWith("1 crash", StringComparison.Ordinal));
        one.Cells.ShouldAllBe(c => c.Row("answered")!.Measured!.Value.Mean == 1);
        // Nobody leads the registers, so nobody is missed; the leader of in-sync replicas is missed for a session's time.
        one.Cells.Single(c => c.Strategy == "abd").FurtherOf("silence")!.Value.ShouldBeLessThan(2);
        one.Cells.Single(c => c.Strategy == "isr(2)").FurtherOf("silence")!.Value.ShouldBeGreaterThan(6);
        one.Cells.ShouldAllBe(c => c.Rows.All(row => row.Metric == "rounds" || row.Theory == null));
        ComparisonGroup two = result.Groups.First(g => g.Setting.EndsWith("2 crashes", StringComparison.Ordinal));
        two.Cells.ShouldAllBe(c => c.Row("answered")!.Measured!.Value.Mean < 0.5 && double.IsPositiveInfinity(c.Row("latency")!.Measured!.Value.Mean));
        result.Notes.ShouldContain(n => n.Contains("60 s at least", StringComparison.Ordinal));
        result.Exhibits.ShouldContain(e => e is LineExhibit && ((LineExhibit)e).Title.StartsWith("Operations that wait", StringComparison.Ordinal));
        result.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void TheRecommendationKeepsThePromiseAndSaysWhatOthersDrop()
    {
        ComparisonResult result = Run(Small with { Protocols = "isr-leader,raft,isr(2)" }, trials: 2);
        Recommendation advice = result.Groups[0].Recommendation!;
        advice.Strategy.ShouldBe("raft");
        advice.Criterion.ShouldEndWith("and are linearizable and durable");
        advice.GivesUp.ShouldContain("isr-leader, at ");
        advice.GivesUp.ShouldContain("drops a promise: one server's crash loses answered writes, answered writes are never flushed, in memory alone, reads may be old");
        Run(Small with { Protocols = "isr-leader,isr(2)" }, trials: 2).Groups[0].Recommendation!.Criterion.ShouldEndWith(", for none of them is linearizable and durable");
    }

    [Fact]
    public void NeitherThreadsNorAResumedFileChangeAByte()
    {
        using var folder = new TemporaryFolder();
        string journal = folder.PathOf("run.cells");
        byte[] one = ComparisonJson.Write(Run(Small, 3, threads: 1));
        ComparisonJson.Write(Run(Small, 3, threads: 4, journal)).ShouldBe(one);
        ComparisonJson.Write(Run(Small, 3, threads: 2, journal)).ShouldBe(one);
        ComparisonJson.Write(Run(Small with { Disk = "2ms" }, 3, threads: 2, journal)).ShouldNotBe(one);
        using JsonDocument document = JsonDocument.Parse(one);
        document.RootElement.GetProperty("units").EnumerateObject().Select(p => p.Name)
            .ShouldBe(["protocol", "operation", "members", "value", "rate", "clients", "operations", "latency", "loss", "bandwidth", "jitter", "disk", "failures"]);
    }

    [Fact]
    public void WhoCannotRunInOneSettingIsPassedOverThereWithANote()
    {
        ComparisonResult result = Run(Small with { Protocols = "isr(4),raft", Members = "3,5", Failures = "0,4" }, trials: 1);
        result.Notes.ShouldContain("Not run in 2 of 6 settings: isr(4): 4 of 3 replicas cannot be in sync.");
        result.Notes.ShouldContain("4 failures among 3 servers cannot be, and were passed over.");
        result.Groups.Count(g => g.Cells.Any(c => c.Strategy == "isr(4)")).ShouldBe(4);
    }

    [Theory]
    [InlineData("--protocols: isr(4): 4 of 3 replicas cannot be in sync", "isr(4)", "3", "0")]
    [InlineData("may have none in common", "abd(1,2)", "3", "0")]
    [InlineData("did you mean raft", "rafft", "3", "0")]
    [InlineData("--failures: 4 of 3 servers cannot fail; at most 3 can", "raft", "3", "4")]
    [InlineData("lies outside 1 to 101", "raft", "0", "0")]
    public void WhatCannotBeIsSaidWithItsOption(string problem, string protocols, string members, string failures)
    {
        var text = new AgreementGridText { Protocols = protocols, Members = members, Failures = failures };
        Should.Throw<InputException>(() => AgreementGridReader.Read(text)).Message.ShouldContain(problem);
    }

    private static ComparisonResult Run(AgreementGridText text, int trials, int threads = 1, string? journal = null) => ComparisonRun.Run(new AgreementComparison(AgreementGridReader.Read(text), new Seed(1)), new RunOptions
    {
        Policy = new TrialPolicy { Trials = trials },
        Threads = threads,
        Clock = TimeProvider.System,
        Command = "headroom compare agreement",
        Journal = journal,
    }, CancellationToken.None);
}
