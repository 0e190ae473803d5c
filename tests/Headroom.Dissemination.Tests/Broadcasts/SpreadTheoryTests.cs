using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Broadcasts;

/// <summary>Recursions over time, held against runs.</summary>
public sealed class SpreadTheoryTests
{
    private static BroadcastSetting Setting(int members, double loss, double failures, bool inRounds = false, long jitterNs = 10_000_000)
    {
        var network = new NetworkOptions
        {
            Topology = Topology.Complete(members, 50_000_000),
            Jitter = new Jitter(JitterShape.Exponential, jitterNs),
            BandwidthBps = 1e8,
            Loss = loss,
        };
        return new BroadcastSetting { Network = inRounds ? network.Rounds() : network, PayloadBytes = 1000, Failures = failures, InRounds = inRounds };
    }

    private static BroadcastStrategy Of(string name)
    {
        BroadcastRegistry.TryParse(name, out BroadcastStrategy? strategy, out string? problem).ShouldBeTrue(problem);
        return strategy!;
    }

    private static Moments Means(BroadcastStrategy strategy, BroadcastSetting setting, int trials, Func<BroadcastOutcome, double> of)
    {
        BroadcastPlan plan = strategy.Plan(setting);
        var moments = new Moments();
        Seed seed = new Seed(17).Named(strategy.Name);
        for (int trial = 0; trial < trials; trial++)
        {
            BroadcastOutcome outcome = plan(seed.At(trial));
            if (outcome.Delivered == outcome.Live)
            {
                moments.Add(of(outcome));
            }
        }

        moments.Count.ShouldBeGreaterThan(trials / 2, "runs that reach everybody");
        return moments;
    }

    [Theory]
    [InlineData("pull(1)", 0, 0)]
    [InlineData("pull(1)", 0.1, 0)]
    [InlineData("push-pull(1)", 0, 0)]
    [InlineData("push-pull(2)", 0.01, 0.2)]
    [InlineData("rumour-counter(12)", 0, 0)]
    [InlineData("rumour-coin(12)", 0.01, 0.2)]
    [InlineData("rumour-blind-counter(12)", 0, 0)]
    [InlineData("anti-entropy(4)", 0, 0)]
    [InlineData("anti-entropy(4)", 0.1, 0.2)]
    [InlineData("anti-entropy(40)", 0, 0)]
    [InlineData("anti-entropy-merkle(4)", 0.01, 0)]
    [InlineData("mesh(6)", 0, 0)]
    [InlineData("mesh(6)", 0.1, 0)]
    [InlineData("hierarchical(4)", 0, 0)]
    [InlineData("hierarchical(4)", 0.1, 0)]
    [InlineData("hierarchical(4)", 0.01, 0.2)]
    [InlineData("hierarchical-flooding", 0.01, 0.2)]
    [InlineData("plumtree(5,0)", 0, 0)]
    [InlineData("plumtree(5,0)", 0.1, 0)]
    [InlineData("plumtree(5)", 0, 0)]
    [InlineData("switching(4)", 0, 0)]
    [InlineData("epidemic-broadcast-tree(3,0.1)", 0, 0)]
    [InlineData("epidemic-broadcast-tree(3,0.1)", 0.01, 0.2)]
    public void LatencyIsNearItsAverage(string name, double loss, double failures)
    {
        BroadcastStrategy strategy = Of(name);
        BroadcastSetting setting = Setting(200, loss, failures);
        CostCases cases = strategy.Theory(BroadcastMetric.Latency, setting)!.Value;
        Moments runs = Means(strategy, setting, 10, outcome => outcome.Times[^1] / 1e9);
        // A tenth, and the luck of ten runs.
        cases.Average.ShouldBe(runs.Mean, (0.1 * runs.Mean) + (3 * runs.StandardError));
        runs.Mean.ShouldBeInRange(cases.Best, cases.Worst);
    }

    [Theory]
    [InlineData("pull(1)", 0, 0)]
    [InlineData("pull(2)", 0.1, 0.2)]
    [InlineData("push-pull(1)", 0, 0)]
    [InlineData("push-pull(1)", 0.1, 0.2)]
    [InlineData("anti-entropy(4)", 0, 0)]
    [InlineData("anti-entropy(4)", 0.1, 0.2)]
    [InlineData("anti-entropy-merkle(4)", 0, 0)]
    [InlineData("mesh(6)", 0, 0)]
    [InlineData("mesh(6)", 0.1, 0.2)]
    [InlineData("rumour-counter(3)", 0, 0)]
    [InlineData("rumour-counter(3)", 0.1, 0.2)]
    [InlineData("rumour-coin(3)", 0.1, 0.2)]
    public void PayloadsAreNearTheirAverage(string name, double loss, double failures)
    {
        BroadcastStrategy strategy = Of(name);
        // In rounds comparisons and what they bring fall on the same instants, which the recursion over time knows nothing of.
        foreach (bool inRounds in name.StartsWith("anti-entropy", StringComparison.Ordinal) ? new[] { false } : [false, true])
        {
            BroadcastSetting setting = Setting(300, loss, failures, inRounds);
            double average = strategy.Theory(BroadcastMetric.Payloads, setting)!.Value.Average;
            var runs = new Moments();
            BroadcastPlan plan = strategy.Plan(setting);
            for (int trial = 0; trial < 8; trial++)
            {
                runs.Add(plan(new Seed(23).At(trial)).PayloadCopies);
            }

            average.ShouldBe(runs.Mean, (0.06 * runs.Mean) + (3 * runs.StandardError), inRounds ? "in rounds" : "in time");
        }
    }

    [Theory]
    [InlineData("pull(1)", 0, 0)]
    [InlineData("push-pull(1)", 0.1, 0)]
    [InlineData("mesh(6)", 0, 0)]
    [InlineData("hierarchical(4)", 0.1, 0.2)]
    [InlineData("plumtree(5)", 0, 0)]
    [InlineData("plumtree(5)", 0.1, 0)]
    [InlineData("epidemic-broadcast-tree(3,0.1)", 0.01, 0.2)]
    public void RoundsAreNearTheirAverage(string name, double loss, double failures)
    {
        BroadcastStrategy strategy = Of(name);
        BroadcastSetting setting = Setting(300, loss, failures, inRounds: true);
        Moments runs = Means(strategy, setting, 12, outcome => outcome.Times[^1]);
        strategy.Theory(BroadcastMetric.Rounds, setting)!.Value.Average.ShouldBe(runs.Mean, (0.1 * runs.Mean) + (3 * runs.StandardError));
    }

    /// <summary>
    /// Var W of a Yule process is 1, the limit being exponential: births at rate 1 from the beginning on, no delay; doubling each round for sure knows no chance.
    /// </summary>
    [Fact]
    public void TheStartOfABranchingProcessVariesAsKnown()
    {
        BranchingStart.Variance(1, 0, 0, 0, 0, isAligned: false).ShouldBe(1, 1e-9);
        BranchingStart.Variance(0, 0, 1, 1, 1, isAligned: true).ShouldBe(0, 1e-9);
        // Galton and Watson, 1 + Poisson(1) offspring: variance of offspring over m (m - 1), m = 2.
        BranchingStart.Variance(1, 1, 0, 0, 0, isAligned: true).ShouldBe(0.5, 1e-9);
    }

    /// <summary>A d-regular random graph: 1 + d + d (d - 1) + … members within so many hops while they are few.</summary>
    [Fact]
    public void AFloodMultipliesByTheOtherLinks()
    {
        const double Members = 1e9;
        SpreadCurve curve = new EdgeFlood([0, 0, 0, 0, 0, 1], Members, 1, DelayLaw.Certain(1), 6).Curve;
        double[] reached = [.. curve.Missing.Select(missing => (1 - missing) * Members)];
        reached[1].ShouldBe(1 + 5, 1e-3);
        reached[2].ShouldBe(1 + 5 + 20, 1e-2);
        reached[3].ShouldBe(1 + 5 + 20 + 80, 1e-1);
    }

    [Fact]
    public void ATreeWithoutFaultsCompletesAtItsHeight()
    {
        var tree = new TreeCompletion(3, 1, DelayLaw.Certain(4), 100, 0, 200);
        TreeCompletion.Mean(tree.Below(1 + 3 + 9)).ShouldBe(8, 1e-9);
        TreeCompletion.Mean(tree.Below(1 + 3 + 9 + 1)).ShouldBe(12, 1e-9);
        // One hop that fails with probability 1/2 and is repeated after ten steps: 4 + 10 on average.
        var doubtful = new TreeCompletion(1, 1, DelayLaw.Certain(4).Repeated(0.5, 10, 60, 2000), 1000, 0, 2000);
        TreeCompletion.Mean(doubtful.Below(2)).ShouldBe(14, 1e-6);
        // A dead member in the middle of three costs the silence, and there is one with probability 1/2.
        var dead = new TreeCompletion(1, 0.5, DelayLaw.Certain(4), 20, 0, 2000);
        double[] below = dead.Below(3);
        below[7].ShouldBe(0.25 + 0.25, 1e-9, "both dead, or the last one alone");
        below[23].ShouldBe(0.75, 1e-9, "and both alive");
        below[24].ShouldBe(1, 1e-9);
    }
}
