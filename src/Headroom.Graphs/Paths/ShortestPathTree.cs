namespace Headroom.Graphs.Paths;

/// <summary>
/// Shortest paths from (or to) one root. <see cref="Distances"/> is infinite and <see cref="Edges"/> -1 where no path leads;
/// the root has distance 0 and edge -1. <see cref="Order"/> lists the reached nodes by ascending distance, so a node always comes after
/// the one its edge leans on.
/// </summary>
public sealed class ShortestPathTree
{
    internal ShortestPathTree(DirectedGraph graph, int root, bool towardsRoot, ShortestPathSolver solved)
    {
        Graph = graph;
        Root = root;
        IsTowardsRoot = towardsRoot;
        Distances = solved.Distances.ToArray();
        Edges = solved.Edges.ToArray();
        Hops = solved.Hops.ToArray();
        Order = solved.Order.ToArray();
    }

    public DirectedGraph Graph { get; }

    public int Root { get; }

    /// <summary>True when the paths end at the root, false when they start there.</summary>
    public bool IsTowardsRoot { get; }

    public double[] Distances { get; }

    /// <summary>The tree's edge at each node: the last one of its path from the root, or the first one of its path towards it.</summary>
    public int[] Edges { get; }

    public int[] Hops { get; }

    public int[] Order { get; }

    public bool Reaches(int node) => !double.IsPositiveInfinity(Distances[node]);

    /// <summary>The node that a node's edge leans on (its parent), or -1 for the root and what is not reached.</summary>
    public int Parent(int node) => Edges[node] < 0 ? -1 : IsTowardsRoot ? Graph.Heads[Edges[node]] : Graph.Tails[Edges[node]];

    /// <summary>The edges of the path in the order they are travelled; empty for the root, null where no path leads.</summary>
    public IReadOnlyList<int>? Path(int node)
    {
        if (!Reaches(node))
        {
            return null;
        }

        var path = new List<int>();
        for (int at = node; at != Root; at = Parent(at))
        {
            path.Add(Edges[at]);
        }

        if (!IsTowardsRoot)
        {
            path.Reverse();
        }

        return path;
    }
}
