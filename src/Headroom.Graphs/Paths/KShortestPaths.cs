namespace Headroom.Graphs.Paths;

/// <summary>
/// The k shortest loopless paths between two nodes: Yen's deviations [yen1971], each only from where a path left its parent [lawler1972], each
/// found by a search led by the true distances to the target, so that it looks at little more than the path itself.
/// </summary>
public sealed class KShortestPaths
{
    private readonly ShortestPathTree _tree;
    private readonly GuidedSearch _search;

    /// <summary>For many sources of one target, whose shortest paths by these lengths are known. Not for use by two threads at once.</summary>
    public KShortestPaths(ShortestPathTree towardsTarget, ReadOnlySpan<double> lengths)
    {
        ArgumentNullException.ThrowIfNull(towardsTarget);
        _tree = towardsTarget;
        _search = new GuidedSearch(towardsTarget, lengths.ToArray());
    }

    /// <summary>As <see cref="From"/>, for a single pair.</summary>
    public static IReadOnlyList<GraphPath> Find(DirectedGraph graph, int source, int target, int k, ReadOnlySpan<double> lengths)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new KShortestPaths(Dijkstra.To(graph, target, lengths), lengths).From(source, k);
    }

    /// <summary>
    /// At most k loopless paths by ascending length, then hops, then edge indices; fewer when there are no more. Parallel edges make
    /// different paths. Lengths are at least 0; infinite closes an edge.
    /// </summary>
    public IReadOnlyList<GraphPath> From(int source, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfEqual(source, _tree.Root);
        var found = new List<GraphPath>();
        if (_tree.Path(source) is not { } first)
        {
            return found;
        }

        var waiting = new SortedSet<Deviation>(DeviationOrder.Instance);
        var next = new Deviation([.. first], _search.Length(first), 0);
        found.Add(new GraphPath(next.Edges, next.Length));
        while (found.Count < k)
        {
            AddDeviations(source, next, found, waiting);
            if (waiting.Min is not { } best)
            {
                break;
            }

            next = best;
            waiting.Remove(best);
            found.Add(new GraphPath(best.Edges, best.Length));
        }

        return found;
    }

    /// <summary>For every node from where the path left its parent: the shortest way on that no found path takes there and that meets no earlier node.</summary>
    private void AddDeviations(int source, Deviation last, List<GraphPath> found, SortedSet<Deviation> waiting)
    {
        _search.Reset();
        int node = source;
        for (int depth = 0; depth < last.Edges.Length; depth++)
        {
            if (depth >= last.Depth)
            {
                _search.ReopenEdges();
                foreach (GraphPath path in found)
                {
                    if (SharesRoot(path.Edges, last.Edges, depth))
                    {
                        _search.CloseEdge(path.Edges[depth]);
                    }
                }

                if (_search.From(node) is { } spur)
                {
                    int[] edges = [.. last.Edges.AsSpan(0, depth), .. spur];
                    waiting.Add(new Deviation(edges, _search.Length(edges), depth));
                }
            }

            _search.CloseNode(node);
            node = _tree.Graph.Heads[last.Edges[depth]];
        }
    }

    private static bool SharesRoot(IReadOnlyList<int> path, int[] last, int depth)
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

    /// <summary>A path and the depth at which it left the one it came from.</summary>
    private sealed record Deviation(int[] Edges, double Length, int Depth);

    private sealed class DeviationOrder : IComparer<Deviation>
    {
        public static DeviationOrder Instance { get; } = new();

        public int Compare(Deviation? x, Deviation? y)
        {
            int order = x!.Length.CompareTo(y!.Length);
            order = order != 0 ? order : x.Edges.Length.CompareTo(y.Edges.Length);
            for (int i = 0; order == 0 && i < x.Edges.Length; i++)
            {
                order = x.Edges[i].CompareTo(y.Edges[i]);
            }

            return order;
        }
    }
}
