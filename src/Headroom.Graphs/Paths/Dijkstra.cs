namespace Headroom.Graphs.Paths;

/// <summary>
/// Shortest paths for lengths at least 0 (infinite: the edge is closed). Ties are broken the same way everywhere: among paths of equal
/// length the one with fewer hops, then the lower edge index at the node. O((n + m) log n).
/// </summary>
public static class Dijkstra
{
    /// <summary>Shortest paths from the source to all, by the given lengths (one an edge).</summary>
    public static ShortestPathTree From(DirectedGraph graph, int source, ReadOnlySpan<double> lengths) => Run(graph, source, lengths, towardsRoot: false);

    /// <summary>Shortest paths from all to the target.</summary>
    public static ShortestPathTree To(DirectedGraph graph, int target, ReadOnlySpan<double> lengths) => Run(graph, target, lengths, towardsRoot: true);

    /// <summary>The tree in which every member hears from the root as early as latencies allow.</summary>
    public static ShortestPathTree MinimumLatencyTree(DirectedGraph graph, int root)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Run(graph, root, graph.LatenciesSeconds, towardsRoot: false);
    }

    private static ShortestPathTree Run(DirectedGraph graph, int root, ReadOnlySpan<double> lengths, bool towardsRoot)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, graph.NodeCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lengths.Length, graph.EdgeCount);
        foreach (double length in lengths)
        {
            if (!(length >= 0))
            {
                throw new ArgumentOutOfRangeException(nameof(lengths), length, "a length is at least 0");
            }
        }

        var tree = new ShortestPathTree(graph, root, towardsRoot);
        var order = new List<int>(graph.NodeCount);
        Array.Fill(tree.Distances, double.PositiveInfinity);
        Array.Fill(tree.Edges, -1);
        tree.Distances[root] = 0;
        bool[] settled = new bool[graph.NodeCount];
        var queue = new PriorityQueue<int, (double Distance, int Hops, int Node)>();
        queue.Enqueue(root, (0, 0, root));
        while (queue.TryDequeue(out int node, out _))
        {
            if (settled[node])
            {
                continue;
            }

            settled[node] = true;
            order.Add(node);
            foreach (int edge in towardsRoot ? graph.InEdges(node) : graph.OutEdges(node))
            {
                int next = towardsRoot ? graph.Tails[edge] : graph.Heads[edge];
                if (!settled[next] && Improves(tree, next, tree.Distances[node] + lengths[edge], tree.Hops[node] + 1, edge))
                {
                    queue.Enqueue(next, (tree.Distances[next], tree.Hops[next], next));
                }
            }
        }

        tree.Order = order;
        return tree;
    }

    private static bool Improves(ShortestPathTree tree, int node, double distance, int hops, int edge)
    {
        int byDistance = distance.CompareTo(tree.Distances[node]);
        if (double.IsPositiveInfinity(distance) || byDistance > 0)
        {
            return false;
        }

        if (byDistance == 0 && (hops > tree.Hops[node] || (hops == tree.Hops[node] && edge > tree.Edges[node])))
        {
            return false;
        }

        tree.Distances[node] = distance;
        tree.Hops[node] = hops;
        tree.Edges[node] = edge;
        return true;
    }
}
