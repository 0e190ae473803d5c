using Headroom.Graphs.Generators;
using Headroom.Graphs.Paths;

namespace Headroom.Graphs.Tests.Paths;

public sealed class PathTests
{
    [Fact]
    public void DijkstraAgreesWithFloydAndWarshallInBothDirections()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("dijkstra", 300, 9))
        {
            double[,] expected = SmallGraphs.FloydWarshall(graph, graph.Weights);
            for (int root = 0; root < graph.NodeCount; root++)
            {
                ShortestPathTree from = Dijkstra.From(graph, root, graph.Weights);
                ShortestPathTree to = Dijkstra.To(graph, root, graph.Weights);
                for (int node = 0; node < graph.NodeCount; node++)
                {
                    from.Distances[node].ShouldBe(expected[root, node]);
                    to.Distances[node].ShouldBe(expected[node, root]);
                    CheckPath(graph, from.Path(node), root, node, expected[root, node]);
                    CheckPath(graph, to.Path(node), node, root, expected[node, root]);
                }
            }
        }
    }

    [Fact]
    public void EqualLengthsPreferFewerHopsThenTheLowerEdge()
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(4);
        builder.AddEdge(0, 1, weight: 1);
        builder.AddEdge(1, 3, weight: 1);
        builder.AddEdge(0, 2, weight: 0);
        builder.AddEdge(2, 1, weight: 1);
        builder.AddEdge(0, 3, weight: 2);
        builder.AddEdge(0, 3, weight: 2);
        DirectedGraph graph = builder.Build();
        Dijkstra.From(graph, 0, graph.Weights).Path(3).ShouldBe([4]);
        Dijkstra.From(graph, 0, graph.Weights).Path(1).ShouldBe([0]);
    }

    [Fact]
    public void NoZeroLengthCycleEntersATree()
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(4);
        builder.AddLink(0, 1, weight: 0);
        builder.AddLink(1, 2, weight: 0);
        builder.AddLink(2, 0, weight: 0);
        builder.AddLink(2, 3, weight: 0);
        DirectedGraph graph = builder.Build();
        ShortestPathTree tree = Dijkstra.From(graph, 3, graph.Weights);
        for (int node = 0; node < 4; node++)
        {
            tree.Path(node)!.Count.ShouldBe(tree.Hops[node]);
        }
    }

    [Fact]
    public void AnInfiniteLengthClosesAnEdgeAndANegativeOneIsRefused()
    {
        DirectedGraph graph = RegularGraphs.Line(3);
        ShortestPathTree tree = Dijkstra.From(graph, 0, [1, 1, double.PositiveInfinity, 1]);
        tree.Reaches(1).ShouldBeTrue();
        tree.Reaches(2).ShouldBeFalse();
        tree.Path(2).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => Dijkstra.From(graph, 0, [1, -1, 1, 1]));
        Should.Throw<ArgumentOutOfRangeException>(() => Dijkstra.From(graph, 0, [1, double.NaN, 1, 1]));
    }

    [Fact]
    public void HopsAreDistancesOfUnitLength()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("bfs", 200, 9))
        {
            double[] ones = [.. Enumerable.Repeat(1.0, graph.EdgeCount)];
            double[,] expected = SmallGraphs.FloydWarshall(graph, ones);
            int? diameter = 0;
            for (int source = 0; source < graph.NodeCount; source++)
            {
                int[] hops = BreadthFirst.Hops(graph, source);
                for (int node = 0; node < graph.NodeCount; node++)
                {
                    (hops[node] < 0 ? double.PositiveInfinity : hops[node]).ShouldBe(expected[source, node]);
                }

                int? eccentricity = hops.Contains(-1) ? null : hops.Max();
                BreadthFirst.Eccentricity(graph, source).ShouldBe(eccentricity);
                diameter = diameter is null || eccentricity is null ? null : Math.Max(diameter.Value, eccentricity.Value);
            }

            BreadthFirst.Diameter(graph).ShouldBe(diameter);
        }
    }

    [Fact]
    public void KnownDiameters()
    {
        BreadthFirst.Diameter(RegularGraphs.Line(10)).ShouldBe(9);
        BreadthFirst.Diameter(RegularGraphs.Ring(9)).ShouldBe(4);
        BreadthFirst.Diameter(RegularGraphs.Grid(5, 7)).ShouldBe(10);
        BreadthFirst.Diameter(RegularGraphs.Star(8)).ShouldBe(2);
        BreadthFirst.Diameter(RegularGraphs.Complete(6)).ShouldBe(1);
        BreadthFirst.Diameter(RegularGraphs.Line(1)).ShouldBe(0);
    }

    [Fact]
    public void StrongComponentsAreMutualReachability()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("components", 300, 9))
        {
            double[,] d = SmallGraphs.FloydWarshall(graph, graph.Weights);
            int[] component = Connectivity.StrongComponents(graph);
            bool all = true;
            for (int i = 0; i < graph.NodeCount; i++)
            {
                for (int j = 0; j < graph.NodeCount; j++)
                {
                    bool mutual = double.IsFinite(d[i, j]) && double.IsFinite(d[j, i]);
                    (component[i] == component[j]).ShouldBe(mutual);
                    all &= mutual;
                }
            }

            Connectivity.IsStronglyConnected(graph).ShouldBe(all);
        }
    }

    [Fact]
    public void ALongLineNeedsNoRecursion() => Connectivity.IsStronglyConnected(RegularGraphs.Line(200_000)).ShouldBeTrue();

    [Fact]
    public void KShortestPathsAreTheFirstOfAllLooplessPaths()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("yen", 200, 6))
        {
            List<double> all = [.. AllPaths(graph, 0, graph.NodeCount - 1, [0]).Select(path => path.Sum(e => graph.Weights[e])).Order()];
            IReadOnlyList<GraphPath> found = KShortestPaths.Find(graph, 0, graph.NodeCount - 1, 6, graph.Weights);
            found.Select(path => path.Length).ShouldBe(all.Take(6));
            found.Select(path => string.Join(',', path.Edges)).Distinct().Count().ShouldBe(found.Count);
            foreach (GraphPath path in found)
            {
                CheckPath(graph, path.Edges, 0, graph.NodeCount - 1, path.Length);
                path.Edges.Select(e => graph.Heads[e]).Append(0).Distinct().Count().ShouldBe(path.Edges.Count + 1);
            }
        }
    }

    [Fact]
    public void OneSearchServesManySourcesAndClosedEdges()
    {
        foreach (DirectedGraph graph in SmallGraphs.Random("yen again", 100, 7))
        {
            double[] lengths = graph.Weights.ToArray();
            for (int e = 0; e < lengths.Length; e += 5)
            {
                lengths[e] = double.PositiveInfinity;
            }

            int target = graph.NodeCount - 1;
            var search = new KShortestPaths(Dijkstra.To(graph, target, lengths), lengths);
            for (int source = 0; source < target; source++)
            {
                List<double> all = [.. AllPaths(graph, source, target, [source]).Select(path => path.Sum(e => lengths[e])).Where(double.IsFinite).Order()];
                search.From(source, 5).Select(path => path.Length).ShouldBe(all.Take(5));
            }
        }
    }

    [Fact]
    public void PrimAgreesWithKruskal()
    {
        foreach (DirectedGraph random in SmallGraphs.Random("prim", 200, 8))
        {
            GraphBuilder builder = new GraphBuilder().AddNodes(random.NodeCount);
            for (int e = 0; e < random.EdgeCount; e++)
            {
                builder.AddLink(random.Tails[e], random.Heads[e], weight: random.Weights[e]);
            }

            DirectedGraph graph = builder.Build();
            int[]? tree = SpanningTree.Minimum(graph, 0, graph.Weights);
            double? expected = Kruskal(graph);
            (tree is null).ShouldBe(expected is null);
            if (tree is not null)
            {
                tree[0].ShouldBe(-1);
                tree.Where(e => e >= 0).Sum(e => graph.Weights[e]).ShouldBe(expected!.Value);
            }
        }
    }

    private static double? Kruskal(DirectedGraph graph)
    {
        int[] group = [.. Enumerable.Range(0, graph.NodeCount)];
        double[] weights = graph.Weights.ToArray();
        double sum = 0;
        foreach (int edge in Enumerable.Range(0, graph.EdgeCount).OrderBy(e => weights[e]))
        {
            int a = group[graph.Tails[edge]];
            int b = group[graph.Heads[edge]];
            if (a != b)
            {
                sum += weights[edge];
                group = [.. group.Select(g => g == b ? a : g)];
            }
        }

        return group.Distinct().Count() == 1 ? sum : null;
    }

    private static void CheckPath(DirectedGraph graph, IReadOnlyList<int>? path, int from, int to, double length)
    {
        (path is null).ShouldBe(double.IsPositiveInfinity(length));
        if (path is null)
        {
            return;
        }

        int at = from;
        double sum = 0;
        foreach (int edge in path)
        {
            graph.Tails[edge].ShouldBe(at);
            at = graph.Heads[edge];
            sum += graph.Weights[edge];
        }

        at.ShouldBe(to);
        sum.ShouldBe(length);
    }

    private static IEnumerable<List<int>> AllPaths(DirectedGraph graph, int at, int target, HashSet<int> seen)
    {
        if (at == target)
        {
            yield return [];
            yield break;
        }

        foreach (int edge in graph.OutEdges(at).ToArray())
        {
            int head = graph.Heads[edge];
            if (seen.Contains(head))
            {
                continue;
            }

            foreach (List<int> rest in AllPaths(graph, head, target, [.. seen, head]))
            {
                yield return [edge, .. rest];
            }
        }
    }
}
