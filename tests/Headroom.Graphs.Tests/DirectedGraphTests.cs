namespace Headroom.Graphs.Tests;

public sealed class DirectedGraphTests
{
    [Fact]
    public void AdjacencyListsEveryEdgeOnceInBothDirectionsAscending()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("adjacency", 200, 9))
        {
            var outgoing = new List<int>();
            var incoming = new List<int>();
            for (int node = 0; node < graph.NodeCount; node++)
            {
                graph.OutEdges(node).ToArray().ShouldBeInOrder();
                graph.InEdges(node).ToArray().ShouldBeInOrder();
                foreach (int edge in graph.OutEdges(node))
                {
                    graph.Tails[edge].ShouldBe(node);
                    outgoing.Add(edge);
                }

                foreach (int edge in graph.InEdges(node))
                {
                    graph.Heads[edge].ShouldBe(node);
                    incoming.Add(edge);
                }
            }

            outgoing.Order().ShouldBe(Enumerable.Range(0, graph.EdgeCount));
            incoming.Order().ShouldBe(Enumerable.Range(0, graph.EdgeCount));
        }
    }

    [Fact]
    public void ALinkIsTwoEdgesThatCarryTheSameFigures()
    {
        var builder = new GraphBuilder();
        int a = builder.AddNode("Oslo", new Coordinate(10.7, 59.9));
        int b = builder.AddNode("Bergen", new Coordinate(5.3, 60.4));
        builder.AddLink(a, b, 1e9, 0.004, 3);
        DirectedGraph graph = builder.Build();

        graph.EdgeCount.ShouldBe(2);
        graph.Describe(0).ShouldBe("Oslo → Bergen");
        graph.Describe(1).ShouldBe("Bergen → Oslo");
        graph.CapacitiesBps.ToArray().ShouldBe([1e9, 1e9]);
        graph.LatenciesSeconds.ToArray().ShouldBe([0.004, 0.004]);
        graph.Weights.ToArray().ShouldBe([3, 3]);
        graph.Coordinates![1].X.ShouldBe(5.3);
        graph.FindEdge(b, a).ShouldBe(1);
        graph.FindEdge(a, a).ShouldBe(-1);
        graph.FindNode("Bergen").ShouldBe(1);
    }

    [Fact]
    public void CoordinatesOfSomeNodesOnlyAreNotAMap()
    {
        var builder = new GraphBuilder();
        builder.AddNode("a", new Coordinate(1, 2));
        builder.AddNode("b");
        builder.Build().Coordinates.ShouldBeNull();
    }

    [Fact]
    public void LoopsUnknownNodesAndNegativeFiguresAreRefused()
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(2);
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 1, capacityBps: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 1, latencySeconds: -1));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 1, weight: double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 1, weight: double.PositiveInfinity));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.AddEdge(0, 1, capacityBps: double.NaN));
    }
}
