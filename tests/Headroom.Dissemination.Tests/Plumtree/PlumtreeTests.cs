using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Plumtree;

public class PlumtreeTests
{
    /// <summary>Relative message redundancy m/(n-1) - 1 [leitao2007, section 4.1]: 0 once the tree is there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void ASettledTreeHasNoRedundancy(int settled)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            BroadcastOutcome outcome = new PlumtreeStrategy(5, settled).Plan(Broadcasts.Settings.Complete(500))(new Seed(40).At(seed));
            outcome.Delivered.ShouldBe(500);
            Redundancy(outcome).ShouldBe(0);
            outcome.PayloadCopies.ShouldBe(499);
        }
    }

    /// <summary>With five links a member, four of them to forward on, eager flooding sends about four copies for each member: redundancy 3.</summary>
    [Fact]
    public void TheFirstBroadcastFloodsTheOverlay()
    {
        BroadcastSetting setting = Broadcasts.Settings.Complete(1000);
        BroadcastOutcome outcome = new PlumtreeStrategy(Settled: 0).Plan(setting)(new Seed(41));
        outcome.Delivered.ShouldBe(1000);
        Redundancy(outcome).ShouldBe(3, 0.1);
        CostCases theory = new PlumtreeStrategy(Settled: 0).Theory(BroadcastMetric.Payloads, setting)!.Value;
        ((double)outcome.PayloadCopies).ShouldBe(theory.Average, 0.03 * theory.Average);
    }

    public static TheoryData<string, DirectedGraph> Graphs() => new()
    {
        { "grid", RegularGraphs.Grid(5, 5, latencySeconds: 0.01) },
        { "line", RegularGraphs.Line(25, latencySeconds: 0.01) },
        { "regular", RandomGraphs.RandomRegular(200, 5, new Seed(4), latencySeconds: 0.01) },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void OnGivenLinksTheCountsAreThoseOfTheory(string name, DirectedGraph graph)
    {
        var setting = new BroadcastSetting { Network = new NetworkOptions { Topology = Topology.Of(graph), BandwidthBps = 1e9 }, PayloadBytes = 100 };
        foreach (int settled in new[] { 0, 1, 5 })
        {
            var strategy = new PlumtreeStrategy(5, settled);
            BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(1));
            outcome.Delivered.ShouldBe(graph.NodeCount, name);
            Exactly(strategy, BroadcastMetric.Payloads, setting).ShouldBe(outcome.PayloadCopies, $"{name}, {settled}");
            Exactly(strategy, BroadcastMetric.Messages, setting).ShouldBe(outcome.Messages, $"{name}, {settled}");
            Exactly(strategy, BroadcastMetric.Bytes, setting).ShouldBe(outcome.WireBytes, $"{name}, {settled}");
            outcome.PayloadCopies.ShouldBe(settled == 0 ? graph.EdgeCount - (graph.NodeCount - 1) : graph.NodeCount - 1);
        }
    }

    /// <summary>
    /// With a share f of the members dead and nobody told, a live member is out of reach when all five neighbours are: about f^5 of them (3.2e-4 for a
    /// fifth), besides a few with fewer links. With a tenth of loss one in a thousand may be missed.
    /// </summary>
    [Theory]
    [InlineData(0.01, 0, 0)]
    [InlineData(0.05, 0, 0)]
    [InlineData(0.1, 0, 0.001)]
    [InlineData(0, 0.05, 0)]
    [InlineData(0, 0.2, 0.003)]
    [InlineData(0.01, 0.2, 0.003)]
    public void LostPayloadsAndDeadParentsAreGraftedAround(double loss, double failures, double missedMost)
    {
        BroadcastPlan plan = new PlumtreeStrategy().Plan(Broadcasts.Settings.Complete(1000, failures: failures, loss: loss));
        var missed = new Moments();
        var redundancy = new Moments();
        for (int trial = 0; trial < 4; trial++)
        {
            BroadcastOutcome outcome = plan(new Seed(43).At(trial));
            missed.Add(1 - outcome.ShareDelivered);
            redundancy.Add(Redundancy(outcome));
        }

        missed.Mean.ShouldBeLessThanOrEqualTo(missedMost);
        // Far below the flood's three copies too many.
        redundancy.Mean.ShouldBeInRange(0.001, 1);
    }

    [Fact]
    public void ATreeAloneWouldLoseWhatPlumtreeMends()
    {
        BroadcastSetting setting = Broadcasts.Settings.Complete(1000, failures: 0.1, loss: 0.01);
        new TreeStrategy(4).Plan(setting)(new Seed(3)).ShareDelivered.ShouldBeLessThan(0.9);
        new PlumtreeStrategy().Plan(setting)(new Seed(3)).ShareDelivered.ShouldBeGreaterThan(0.998);
    }

    [Theory]
    [InlineData("plumtree", "plumtree(5)")]
    [InlineData("plumtree(6)", "plumtree(6)")]
    [InlineData("plumtree(5, 0)", "plumtree(5,0)")]
    public void ItIsWrittenAsPeopleWriteIt(string written, string name)
    {
        BroadcastRegistry.TryParse(written, out BroadcastStrategy? strategy, out _).ShouldBeTrue();
        strategy!.Name.ShouldBe(name);
    }

    private static double Redundancy(BroadcastOutcome outcome) => ((double)outcome.PayloadCopiesReceived / outcome.Deliveries) - 1;

    private static double Exactly(PlumtreeStrategy strategy, BroadcastMetric metric, BroadcastSetting setting)
    {
        CostCases cases = strategy.Theory(metric, setting)!.Value;
        cases.IsExact.ShouldBeTrue();
        return cases.Average;
    }
}
