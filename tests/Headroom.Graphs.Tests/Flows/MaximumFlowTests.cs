using Headroom.Graphs.Flows;
using Headroom.Graphs.Generators;

namespace Headroom.Graphs.Tests.Flows;

public sealed class MaximumFlowTests
{
    [Fact]
    public void ValueIsTheSmallestOfAllCutsAndTheFlowIsLegal()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("max-flow", 400, 8))
        {
            int sink = graph.NodeCount - 1;
            MaximumFlow flow = MaximumFlow.Between(graph, 0, sink);
            flow.Value.ShouldBe(SmallestCut(graph, sink));
            flow.CutEdges(graph).Sum(e => graph.CapacitiesBps[e]).ShouldBe(flow.Value);
            double[] balance = new double[graph.NodeCount];
            for (int e = 0; e < graph.EdgeCount; e++)
            {
                flow.EdgeFlows[e].ShouldBeInRange(0, graph.CapacitiesBps[e]);
                balance[graph.Tails[e]] += flow.EdgeFlows[e];
                balance[graph.Heads[e]] -= flow.EdgeFlows[e];
            }

            balance[0].ShouldBe(flow.Value);
            balance[sink].ShouldBe(-flow.Value);
            balance.AsSpan(1, Math.Max(0, graph.NodeCount - 2)).ToArray().ShouldAllBe(b => b == 0);
        }
    }

    [Fact]
    public void FlowThatStandsInTheWayIsTakenBack()
    {
        // The short way 0-1-2-7 comes first and blocks both long ones; the second unit must undo 1-2.
        GraphBuilder builder = new GraphBuilder().AddNodes(8);
        foreach ((int from, int to) in ((int, int)[])[(0, 1), (1, 2), (2, 7), (0, 3), (3, 4), (4, 2), (1, 5), (5, 6), (6, 7)])
        {
            builder.AddEdge(from, to, capacityBps: 1);
        }

        MaximumFlow flow = MaximumFlow.Between(builder.Build(), 0, 7);
        flow.Value.ShouldBe(2);
        flow.EdgeFlows.ShouldBe([1, 0, 1, 1, 1, 1, 1, 1, 1]);
    }

    [Fact]
    public void FractionalCapacitiesEndTooAndTheCutStillProvesTheValue()
    {
        DirectedGraph graph = RandomGraphs.ErdosRenyi(60, 0.15, new Kernel.Randomness.Seed(3));
        double[] capacities = [.. Enumerable.Range(0, graph.EdgeCount).Select(e => 0.1 + (0.37 * ((e * 7919) % 101)))];
        graph = graph.WithCapacities(capacities);
        MaximumFlow flow = MaximumFlow.Between(graph, 0, 59);
        flow.CutEdges(graph).Sum(e => capacities[e]).ShouldBe(flow.Value, 1e-9 * flow.Value);
        flow.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void AnUnlimitedPathIsAnInfiniteFlowAndAnUnlimitedEdgeElsewhereIsNot()
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(3);
        builder.AddEdge(0, 1);
        builder.AddEdge(1, 2, capacityBps: 5);
        MaximumFlow.Between(builder.Build(), 0, 2).Value.ShouldBe(5);
        builder.AddEdge(1, 2);
        double.IsPositiveInfinity(MaximumFlow.Between(builder.Build(), 0, 2).Value).ShouldBeTrue();
    }

    [Fact]
    public void NothingFlowsBetweenUnconnectedNodes()
    {
        MaximumFlow flow = MaximumFlow.Between(new GraphBuilder().AddNodes(2).Build(), 0, 1);
        flow.Value.ShouldBe(0);
        flow.IsOnSourceSide.ShouldBe([true, false]);
    }

    private static double SmallestCut(DirectedGraph graph, int sink)
    {
        double best = double.PositiveInfinity;
        for (int set = 0; set < 1 << graph.NodeCount; set++)
        {
            if ((set & 1) == 0 || (set >> sink & 1) == 1)
            {
                continue;
            }

            double cut = 0;
            for (int e = 0; e < graph.EdgeCount; e++)
            {
                cut += (set >> graph.Tails[e] & 1) == 1 && (set >> graph.Heads[e] & 1) == 0 ? graph.CapacitiesBps[e] : 0;
            }

            best = Math.Min(best, cut);
        }

        return best;
    }
}
