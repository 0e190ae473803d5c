using Headroom.Graphs;

namespace Headroom.Flow.Routing;

/// <summary>
/// Which side of the network the scarce edges part from the rest, if they do: prices often stand on the edges of a cut, and a cut is a floor that
/// people can check by hand.
/// </summary>
public static class Bottleneck
{
    /// <summary>
    /// For every edge that carries at least this part of the prices' worth (sum of capacity times price): the nodes that its tail reaches without
    /// crossing any of them. Of these sides, as they come by edge index, those that leave some node out; each once.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<bool>> Sides(DirectedGraph graph, IReadOnlyList<double> prices, double partMin)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentOutOfRangeException.ThrowIfNotEqual(prices.Count, graph.EdgeCount);
        double worth = 0;
        for (int edge = 0; edge < prices.Count; edge++)
        {
            worth += Worth(graph, prices, edge);
        }

        bool[] scarce = new bool[prices.Count];
        for (int edge = 0; edge < scarce.Length; edge++)
        {
            scarce[edge] = worth > 0 && Worth(graph, prices, edge) >= partMin * worth;
        }

        var sides = new List<IReadOnlyList<bool>>();
        for (int edge = 0; edge < scarce.Length; edge++)
        {
            if (scarce[edge])
            {
                bool[] side = Reach(graph, graph.Tails[edge], scarce);
                if (Array.IndexOf(side, false) >= 0 && !sides.Exists(known => known.SequenceEqual(side)))
                {
                    sides.Add(side);
                }
            }
        }

        return sides;
    }

    private static double Worth(DirectedGraph graph, IReadOnlyList<double> prices, int edge) =>
        prices[edge] == 0 ? 0 : prices[edge] * graph.CapacitiesBps[edge];

    private static bool[] Reach(DirectedGraph graph, int start, bool[] closed)
    {
        bool[] reached = new bool[graph.NodeCount];
        var open = new Stack<int>([start]);
        reached[start] = true;
        while (open.TryPop(out int node))
        {
            foreach (int edge in graph.OutEdges(node))
            {
                int head = graph.Heads[edge];
                if (!closed[edge] && graph.CapacitiesBps[edge] > 0 && !reached[head])
                {
                    reached[head] = true;
                    open.Push(head);
                }
            }
        }

        return reached;
    }
}
