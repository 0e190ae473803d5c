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
        foreach (double length in lengths)
        {
            if (!(length >= 0))
            {
                throw new ArgumentOutOfRangeException(nameof(lengths), length, "a length is at least 0");
            }
        }

        var solver = new ShortestPathSolver(graph);
        solver.Run(root, lengths, towardsRoot);
        return new ShortestPathTree(graph, root, towardsRoot, solver);
    }
}
