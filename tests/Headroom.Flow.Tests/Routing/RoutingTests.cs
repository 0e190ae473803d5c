using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;

namespace Headroom.Flow.Tests.Routing;

public sealed class RoutingTests
{
    [Fact]
    public void EveryRoutingConservesFlow()
    {
        for (int i = 0; i < 150; i++)
        {
            (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("conserve", i, 12);
            foreach (RoutingOutcome outcome in (RoutingOutcome[])[ShortestPathRouting.Route(graph, demands), EqualCostRouting.Route(graph, demands), KShortestPathRouting.Route(graph, demands, 3)])
            {
                CarriedFlow flow = outcome.ShouldBeOfType<RoutingOutcome.Carried>().Flow;
                flow.Worst().ShouldBeLessThan(1e-12);
                for (int edge = 0; edge < graph.EdgeCount; edge++)
                {
                    (graph.CapacitiesBps[edge] == 0 && flow.LoadsBps[edge] > 0).ShouldBeFalse();
                }
            }
        }
    }

    [Fact]
    public void TheAuditOfAFlowSeesWhatIsLostAndWhatIsInvented()
    {
        DirectedGraph graph = RegularGraphs.Line(3, 10);
        var demands = new DemandMatrix(3, [new Demand(0, 2, 1)]);
        new CarriedFlow(graph, demands, [[1, 0, 1, 0]]).Worst().ShouldBe(0);
        new CarriedFlow(graph, demands, [[1, 0, 0.75, 0]]).Worst().ShouldBe(0.25);
        new CarriedFlow(graph, demands, [[1, 0, 1.5, 0.5]]).Worst().ShouldBe(0);
        new CarriedFlow(graph, demands, [[1, 0, 0.5, -0.5]]).Worst().ShouldBe(0.5);
    }

    [Fact]
    public void ShortestPathsCarryEveryBitOverItsShortestDistance()
    {
        for (int i = 0; i < 100; i++)
        {
            (DirectedGraph graph, DemandMatrix demands) = RandomInstances.Make("shortest", i, 10);
            double[] lengths = [.. Enumerable.Range(0, graph.EdgeCount).Select(e => graph.CapacitiesBps[e] == 0 ? double.PositiveInfinity : graph.Weights[e])];
            double expected = 0;
            foreach (Demand demand in demands.All)
            {
                expected += demand.RateBps * Dijkstra.From(graph, demand.Source, lengths).Distances[demand.Target];
            }

            foreach (RoutingOutcome outcome in (RoutingOutcome[])[ShortestPathRouting.Route(graph, demands), EqualCostRouting.Route(graph, demands), KShortestPathRouting.Route(graph, demands, 1)])
            {
                CarriedFlow flow = ((RoutingOutcome.Carried)outcome).Flow;
                Enumerable.Range(0, graph.EdgeCount).Sum(e => flow.LoadsBps[e] == 0 ? 0 : flow.LoadsBps[e] * lengths[e]).ShouldBe(expected, 1e-9 * (1 + expected));
            }
        }
    }

    [Fact]
    public void EqualCostSplitsPerNextHopNotPerPath()
    {
        // 0 to 4: next hops 1 and 2; 1 leads on directly, 2 by two parallel edges to 3.
        GraphBuilder builder = new GraphBuilder().AddNodes(5);
        int direct = builder.AddEdge(0, 1, 8, weight: 1);
        int other = builder.AddEdge(0, 2, 8, weight: 1);
        builder.AddEdge(1, 4, 8, weight: 2);
        int first = builder.AddEdge(2, 3, 8, weight: 1);
        int second = builder.AddEdge(2, 3, 8, weight: 1);
        builder.AddEdge(3, 4, 8, weight: 1);
        DirectedGraph graph = builder.Build();
        CarriedFlow flow = ((RoutingOutcome.Carried)EqualCostRouting.Route(graph, new DemandMatrix(5, [new Demand(0, 4, 8)]))).Flow;
        flow.LoadsBps[direct].ShouldBe(4);
        flow.LoadsBps[other].ShouldBe(4);
        flow.LoadsBps[first].ShouldBe(2);
        flow.LoadsBps[second].ShouldBe(2);
        flow.MaximumUtilisation.ShouldBe(0.5);
        flow.MeanHops.ShouldBe(2.5);
    }

    [Fact]
    public void KShortestPathsSplitEvenlyOverWhatThereIs()
    {
        CarriedFlow flow = ((RoutingOutcome.Carried)KShortestPathRouting.Route(RegularGraphs.Ring(4, 10, 0.01), new DemandMatrix(4, [new Demand(0, 1, 6)]), 5)).Flow;
        flow.MaximumUtilisation.ShouldBe(0.3);
        flow.MeanHops.ShouldBe(2);
        flow.MeanLatencySeconds.ShouldBe(0.02, 1e-15);
    }

    [Fact]
    public void ADemandWithoutAPathIsNamed()
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(3);
        builder.AddEdge(0, 1, 5);
        builder.AddEdge(1, 2, 0);
        var demands = new DemandMatrix(3, [new Demand(0, 1, 1), new Demand(0, 2, 1)]);
        ShortestPathRouting.Route(builder.Build(), demands).ShouldBe(new RoutingOutcome.Unconnected(0, 2));
        EqualCostRouting.Route(builder.Build(), demands).ShouldBe(new RoutingOutcome.Unconnected(0, 2));
        KShortestPathRouting.Route(builder.Build(), demands, 2).ShouldBe(new RoutingOutcome.Unconnected(0, 2));
    }

    [Fact]
    public void DemandsAreAddedGroupedAndChecked()
    {
        var demands = new DemandMatrix(3, [new Demand(2, 0, 1), new Demand(1, 0, 2), new Demand(2, 0, 3), new Demand(0, 2, 0)]);
        demands.Targets.ToArray().ShouldBe([0]);
        demands.Towards(0).ToArray().ShouldBe([new Demand(1, 0, 2), new Demand(2, 0, 4)]);
        demands.TotalBps.ShouldBe(6);
        Should.Throw<ArgumentOutOfRangeException>(() => new DemandMatrix(2, [new Demand(0, 0, 1)]));
        Should.Throw<ArgumentOutOfRangeException>(() => new DemandMatrix(2, [new Demand(0, 2, 1)]));
        Should.Throw<ArgumentOutOfRangeException>(() => new DemandMatrix(2, [new Demand(0, 1, -1)]));
        Should.Throw<ArgumentOutOfRangeException>(() => new DemandMatrix(2, [new Demand(0, 1, double.NaN)]));
        new DemandMatrix(2, []).Count.ShouldBe(0);
    }
}
