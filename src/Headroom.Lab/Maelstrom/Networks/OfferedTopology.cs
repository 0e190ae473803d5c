using Headroom.Graphs;
using Headroom.Graphs.Paths;

namespace Headroom.Lab.Maelstrom.Networks;

/// <summary>
/// The neighbours that a <c>topology</c> message offers to each node. Nodes may ignore it: the network carries a message between any two.
/// The shapes are Maelstrom's: <c>line</c>; <c>grid</c>, rows of ceil(sqrt n); <c>tree2</c>, <c>tree3</c>, <c>tree4</c>, level by level (<c>tree</c> is
/// <c>tree2</c>); <c>total</c>.
/// </summary>
public sealed class OfferedTopology
{
    private readonly int[][] _neighbours;

    private OfferedTopology(string name, int[][] neighbours)
    {
        Name = name;
        _neighbours = neighbours;
    }

    public static IReadOnlyList<string> Names { get; } = ["line", "grid", "tree", "tree2", "tree3", "tree4", "total"];

    public string Name { get; }

    public int Nodes => _neighbours.Length;

    public ReadOnlySpan<int> Neighbours(int node) => _neighbours[node];

    /// <exception cref="ArgumentException">No shape of that name.</exception>
    public static OfferedTopology Of(string name, int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        int side = 1;
        while (side * side < nodes)
        {
            side++;
        }

        Func<int, IEnumerable<int>> candidates = name switch
        {
            "line" => node => [node - 1, node + 1],
            "grid" => node => Beside(node, side),
            "tree" or "tree2" => node => InTree(node, 2),
            "tree3" => node => InTree(node, 3),
            "tree4" => node => InTree(node, 4),
            "total" => node => Enumerable.Range(0, nodes).Where(other => other != node),
            _ => throw new ArgumentException($"no topology '{name}'; there are {string.Join(", ", Names)}", nameof(name)),
        };
        return new OfferedTopology(name, [.. Enumerable.Range(0, nodes).Select(node => candidates(node).Where(other => other >= 0 && other < nodes).Order().ToArray())]);
    }

    /// <summary>Links from each node to the farthest, along the offered neighbours.</summary>
    public int[] Eccentricities()
    {
        var builder = new GraphBuilder();
        builder.AddNodes(Nodes);
        for (int node = 0; node < Nodes; node++)
        {
            foreach (int neighbour in _neighbours[node])
            {
                builder.AddEdge(node, neighbour);
            }
        }

        DirectedGraph graph = builder.Build();
        return [.. Enumerable.Range(0, Nodes).Select(node => BreadthFirst.Eccentricity(graph, node)!.Value)];
    }

    private static IEnumerable<int> Beside(int node, int side)
    {
        yield return node + side;
        yield return node - side;
        if (node % side != side - 1)
        {
            yield return node + 1;
        }

        if (node % side != 0)
        {
            yield return node - 1;
        }
    }

    private static IEnumerable<int> InTree(int node, int branches)
    {
        if (node > 0)
        {
            yield return (node - 1) / branches;
        }

        for (int child = 1; child <= branches; child++)
        {
            yield return (node * branches) + child;
        }
    }
}
