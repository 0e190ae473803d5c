namespace Headroom.Graphs.Paths;

/// <summary>The k shortest loopless paths between two nodes (Yen). O(k n (m + n log n)) [yen1971].</summary>
public static class KShortestPaths
{
    /// <summary>
    /// At most k loopless paths by ascending length, then hops, then edge indices; fewer when there are no more. Parallel edges make
    /// different paths. Lengths are at least 0.
    /// </summary>
    public static IReadOnlyList<GraphPath> Find(DirectedGraph graph, int source, int target, int k, ReadOnlySpan<double> lengths)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfEqual(target, source);
        var found = new List<GraphPath>();
        double[] open = lengths.ToArray();
        if (Dijkstra.To(graph, target, open).Path(source) is not { } first)
        {
            return found;
        }

        var waiting = new SortedSet<GraphPath>(PathOrder.Instance);
        found.Add(new GraphPath(first, Length(first, lengths)));
        while (found.Count < k)
        {
            AddDeviations(graph, source, target, lengths, open, found, waiting);
            if (waiting.Min is not { } next)
            {
                break;
            }

            waiting.Remove(next);
            found.Add(next);
        }

        return found;
    }

    /// <summary>For every node of the last path: the shortest way on that leaves the paths found so far there and meets no earlier node.</summary>
    private static void AddDeviations(
        DirectedGraph graph, int source, int target, ReadOnlySpan<double> lengths, double[] open, List<GraphPath> found, SortedSet<GraphPath> waiting)
    {
        IReadOnlyList<int> last = found[^1].Edges;
        int node = source;
        for (int depth = 0; depth < last.Count; depth++)
        {
            foreach (GraphPath path in found)
            {
                if (SharesRoot(path.Edges, last, depth))
                {
                    open[path.Edges[depth]] = double.PositiveInfinity;
                }
            }

            if (Dijkstra.To(graph, target, open).Path(node) is { } spur)
            {
                int[] edges = [.. last.Take(depth), .. spur];
                waiting.Add(new GraphPath(edges, Length(edges, lengths)));
            }

            // Later deviations may not come back through this node: nothing leaves it any more.
            foreach (int edge in graph.OutEdges(node))
            {
                open[edge] = double.PositiveInfinity;
            }

            node = graph.Heads[last[depth]];
        }

        lengths.CopyTo(open);
    }

    private static bool SharesRoot(IReadOnlyList<int> path, IReadOnlyList<int> last, int depth)
    {
        if (path.Count <= depth)
        {
            return false;
        }

        for (int i = 0; i < depth; i++)
        {
            if (path[i] != last[i])
            {
                return false;
            }
        }

        return true;
    }

    private static double Length(IReadOnlyList<int> edges, ReadOnlySpan<double> lengths)
    {
        double sum = 0;
        foreach (int edge in edges)
        {
            sum += lengths[edge];
        }

        return sum;
    }

    private sealed class PathOrder : IComparer<GraphPath>
    {
        public static PathOrder Instance { get; } = new();

        public int Compare(GraphPath? x, GraphPath? y)
        {
            int order = x!.Length.CompareTo(y!.Length);
            order = order != 0 ? order : x.Edges.Count.CompareTo(y.Edges.Count);
            for (int i = 0; order == 0 && i < x.Edges.Count; i++)
            {
                order = x.Edges[i].CompareTo(y.Edges[i]);
            }

            return order;
        }
    }
}
