using Headroom.Consensus.LeaderElection;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.LeaderElection;

/// <summary>Echo with extinction, and flood-max, on graphs.</summary>
public sealed class GraphElectionTests
{
    [Theory]
    // Two members: 2 begin, the smaller echoes, the greater announces.
    [InlineData(2, 4)]
    // A triangle: 6 begin, the smaller two pass the greatest wave to each other and both echo: 10; 2 told, who tell each other: 4.
    [InlineData(3, 14)]
    public void CountedByHandOnSmallCompleteGraphs(int n, int messages)
    {
        // The greatest first: its wave is first everywhere.
        LeaderElectionOutcome outcome = LeaderElectionRegistry.EchoExtinction.Run(new LeaderElectionSetting { Identifiers = [.. Enumerable.Range(0, n).Select(i => (long)(n - i))] });
        outcome.Messages.ShouldBe(messages);
        outcome.EveryoneAgrees.ShouldBeTrue();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void AStarWhoseHubIsGreatestIsTheBestCase(int n)
    {
        LeaderElectionOutcome outcome = Run(RegularGraphs.Star(n), [n, .. Enumerable.Range(1, n - 1)], new Seed(1));
        // 4|E| - d with |E| = d = n - 1; the announcement goes to each leaf once.
        (outcome.Messages - outcome.Announcements).ShouldBe(3 * (n - 1));
        outcome.Announcements.ShouldBe(n - 1);
        outcome.TimeUnits.ShouldBe(3);
    }

    [Fact]
    public void EveryoneAgreesOnTheGreatestOnRandomGraphsWithinTheFormulas()
    {
        Seed seed = new Seed(5).Named("graphs");
        for (int i = 0; i < 200; i++)
        {
            Seed trial = seed.At(i);
            int n = 4 + (2 * (i % 15));
            DirectedGraph graph = RandomGraphs.RandomRegular(n, 3, trial.Named("graph"), latencySeconds: 0.001);
            if (!IsConnected(graph))
            {
                continue;
            }

            long[] identifiers = RingElectionTests.Arrangement(n, trial.Named("identifiers"));
            foreach (bool hasJitter in (bool[])[false, true])
            {
                LeaderElectionOutcome outcome = Run(graph, identifiers, trial, hasJitter);
                outcome.EveryoneAgrees.ShouldBeTrue($"trial {i}");
                outcome.Leader.ShouldBe(n - 1);
                long both = graph.EdgeCount;
                outcome.Announcements.ShouldBe(both - n + 1);
                (outcome.Messages - outcome.Announcements).ShouldBeInRange((2 * both) - 3, both * n);
                Run(graph, identifiers, trial, hasJitter).ShouldBe(outcome);
            }
        }
    }

    [Fact]
    public void EveryoneAgreesOnLinesTreesAndGrids()
    {
        foreach (DirectedGraph graph in (DirectedGraph[])[RegularGraphs.Line(1), RegularGraphs.Line(20, latencySeconds: 0.001), RegularGraphs.Tree(40, 3, latencySeconds: 0.001), RegularGraphs.Grid(5, 6, latencySeconds: 0.001)])
        {
            for (int i = 0; i < 20; i++)
            {
                LeaderElectionOutcome outcome = Run(graph, RingElectionTests.Arrangement(graph.NodeCount, new Seed(9).At(i)), new Seed(9).At(i), hasJitter: true);
                outcome.Leader.ShouldBe(graph.NodeCount - 1);
                outcome.EveryoneAgrees.ShouldBeTrue();
                outcome.Announcements.ShouldBe(graph.EdgeCount - graph.NodeCount + 1);
            }
        }
    }

    [Fact]
    public void FloodMaxTakesAsManyRoundsAsTheDiameterAndTellsAllNeighboursInEach()
    {
        (DirectedGraph Graph, int Diameter)[] graphs =
        [
            (RegularGraphs.Line(1), 0), (RegularGraphs.Line(7, latencySeconds: 0.001), 6), (RegularGraphs.Ring(9, latencySeconds: 0.001), 4), (RegularGraphs.Star(8), 2), (RegularGraphs.Grid(4, 5, latencySeconds: 0.001), 7),
        ];
        foreach ((DirectedGraph graph, int diameter) in graphs)
        {
            for (int i = 0; i < 20; i++)
            {
                long[] identifiers = RingElectionTests.Arrangement(graph.NodeCount, new Seed(11).At(i));
                LeaderElectionOutcome outcome = Run(LeaderElectionRegistry.FloodMax, graph, identifiers, new Seed(11).At(i), hasJitter: false);
                outcome.Messages.ShouldBe((long)graph.EdgeCount * diameter);
                outcome.TimeUnits.ShouldBe(diameter);
                outcome.EveryoneAgrees.ShouldBeTrue();
                // Messages overtake each other by rounds; their number does not change.
                LeaderElectionOutcome late = Run(LeaderElectionRegistry.FloodMax, graph, identifiers, new Seed(12).At(i), hasJitter: true);
                late.Leader.ShouldBe(graph.NodeCount - 1);
                late.EveryoneAgrees.ShouldBeTrue();
                late.Messages.ShouldBe(outcome.Messages);
            }
        }
    }

    [Fact]
    public void FloodMaxWhereAllReachAllIsOneRound()
    {
        LeaderElectionOutcome outcome = LeaderElectionRegistry.FloodMax.Run(new LeaderElectionSetting { Identifiers = [3, 9, 4, 1] });
        outcome.ShouldBe(new LeaderElectionOutcome(9, 1, 12, 0, outcome.WireBytes, 1_000_000, 1));
    }

    private static LeaderElectionOutcome Run(DirectedGraph graph, IReadOnlyList<long> identifiers, Seed seed, bool hasJitter = false) =>
        Run(LeaderElectionRegistry.EchoExtinction, graph, identifiers, seed, hasJitter);

    private static LeaderElectionOutcome Run(LeaderElectionStrategy strategy, DirectedGraph graph, IReadOnlyList<long> identifiers, Seed seed, bool hasJitter)
    {
        Topology topology = hasJitter ? Topology.Of(graph) : Topology.Of(graph).WithUniformLatency(1_000_000);
        return strategy.Run(new LeaderElectionSetting
        {
            Identifiers = identifiers,
            Topology = topology,
            Network = new NetworkOptions { Topology = topology, Jitter = hasJitter ? new Jitter(JitterShape.Exponential, 3_000_000) : Jitter.None },
            Seed = seed,
        });
    }

    private static bool IsConnected(DirectedGraph graph)
    {
        var seen = new HashSet<int> { 0 };
        for (int before = 0; before < seen.Count;)
        {
            before = seen.Count;
            for (int edge = 0; edge < graph.EdgeCount; edge++)
            {
                if (seen.Contains(graph.Tails[edge]))
                {
                    seen.Add(graph.Heads[edge]);
                }
            }
        }

        return seen.Count == graph.NodeCount;
    }
}
