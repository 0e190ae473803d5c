using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>
/// Without coding, a multicast stream is a packing of trees, and prices bound the packing: every tree costs at least the cheapest one, and all
/// trees together at most the network's worth. The checker finds the cheapest tree exactly (Dreyfus and Wagner).
/// </summary>
public static class MulticastPrices
{
    /// <summary>The cheapest tree takes time 3^sinks.</summary>
    private const int SinksMax = 10;

    public static Bound Bound { get; } = new()
    {
        Id = "flow.multicast-routing",
        Title = "Multicast rate by routing alone",
        Side = Side.Ceiling,
        Unit = Unit.BitPerSecond,
        Parameters =
        [
            BoundParameter.Matrix("capacity", "capacity of the edge from row to column, 0 where there is none"),
            BoundParameter.Integer("source", "the sending node's row"),
            BoundParameter.Vector("sinks", "the receiving nodes' rows"),
            BoundParameter.Matrix("price", "a length for every edge, at least 0", max: 1e30),
        ],
        Statement = "Trees that only copy and forward carry at most the network's worth under any prices over the price of the cheapest tree.",
        Formula = "rate <= sum_e c_e l_e / min over trees from the source to all sinks of sum of l_e; equality for the best prices",
        Regime = "Counted: bits per second of one stream that every sink receives whole. Directed edges, nodes copy and forward but never combine; no other traffic. "
            + "Fractional packings of trees; at most ten sinks.",
        AppearsIn = "application-level multicast, peer-assisted distribution",
        MeansForYou = "the distance to the cut bound is all that coding inside the network could gain",
        Citation = new Citation("agarwal2004", "the dual of fractional tree packing"),
        Evaluator = Evaluate,
        Examples = [new(Butterfly(withPrices: true), 1.5, "[agarwal2004] the butterfly: 1.5 without coding where coding reaches 2")],
        Attained = new(
            "the butterfly: three trees of rate 1/2, one direct to both sinks, one by each source link through the middle",
            Butterfly(withPrices: true),
            () => 0.5 + 0.5 + 0.5),
    };

    /// <summary>Source 0 to 1 and 2; 1 to sink 5 and to 3; 2 to sink 6 and to 3; 3 to 4; 4 to both sinks; all of capacity 1. Prices 1 on 0-1, 0-2 and 3-4.</summary>
    internal static BoundArguments Butterfly(bool withPrices)
    {
        double[][] capacities = [.. Enumerable.Range(0, 7).Select(_ => new double[7])];
        double[][] prices = [.. Enumerable.Range(0, 7).Select(_ => new double[7])];
        foreach ((int from, int to, int price) in ((int, int, int)[])[(0, 1, 1), (0, 2, 1), (1, 5, 0), (2, 6, 0), (1, 3, 0), (2, 3, 0), (3, 4, 1), (4, 5, 0), (4, 6, 0)])
        {
            capacities[from][to] = 1;
            prices[from][to] = price;
        }

        var arguments = new BoundArguments { { "capacity", capacities }, { "source", 0 }, { "sinks", [5, 6] } };
        if (withPrices)
        {
            arguments.Add("price", prices);
        }

        return arguments;
    }

    internal static string? Read(BoundArguments arguments, out DirectedGraph graph)
    {
        double[][] capacities = arguments.Matrix("capacity");
        string? problem = MatrixGraph.Read(capacities, out graph) ?? MatrixGraph.NodeProblem("source", arguments["source"], capacities.Length);
        foreach (double sink in arguments.Vector("sinks"))
        {
            problem ??= MatrixGraph.NodeProblem("sink", sink, capacities.Length)
                ?? (sink == arguments["source"] ? "source and sink are the same node: no edge is crossed" : null);
        }

        return problem;
    }

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double[] sinks = [.. arguments.Vector("sinks").Distinct()];
        string? problem = Read(arguments, out DirectedGraph graph)
            ?? MatrixGraph.SameSize("price", arguments.Matrix("price"), arguments.Matrix("capacity"))
            ?? (sinks.Length > SinksMax ? $"{sinks.Length} sinks: at most {SinksMax}" : null);
        if (problem is not null)
        {
            return BoundValue.Outside(problem);
        }

        double[] prices = MatrixGraph.AtEdges(graph, arguments.Matrix("price"));
        double network = 0;
        for (int edge = 0; edge < prices.Length; edge++)
        {
            network += prices[edge] == 0 ? 0 : prices[edge] * graph.CapacitiesBps[edge];
        }

        double tree = CheapestTree(graph, arguments.Int("source"), [.. sinks.Select(s => (int)s)], prices);
        return double.IsPositiveInfinity(tree) ? BoundValue.Of(0)
            : tree == 0 || !double.IsFinite(network / tree) ? BoundValue.Unlimited
            : BoundValue.Of(network / tree);
    }

    /// <summary>Dreyfus and Wagner's recursion for trees directed away from the root: cost[set][v] is the cheapest tree from v to the set.</summary>
    private static double CheapestTree(DirectedGraph graph, int root, int[] sinks, double[] prices)
    {
        double[][] cost = new double[1 << sinks.Length][];
        double[][] distance = [.. Enumerable.Range(0, graph.NodeCount).Select(v => Dijkstra.To(graph, v, prices).Distances)];
        for (int set = 1; set < cost.Length; set++)
        {
            double[] here = new double[graph.NodeCount];
            for (int v = 0; v < here.Length; v++)
            {
                here[v] = (set & (set - 1)) == 0 ? distance[sinks[System.Numerics.BitOperations.TrailingZeroCount(set)]][v] : double.PositiveInfinity;
                for (int part = (set - 1) & set; part > 0; part = (part - 1) & set)
                {
                    here[v] = Math.Min(here[v], cost[part][v] + cost[set ^ part][v]);
                }
            }

            // Walk to the branching node first.
            cost[set] = [.. Enumerable.Range(0, here.Length).Select(v => Enumerable.Range(0, here.Length).Min(u => distance[u][v] + here[u]))];
        }

        return cost[^1][root];
    }
}
