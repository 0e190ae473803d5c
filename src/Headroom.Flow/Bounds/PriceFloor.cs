using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>
/// Linear programming duality of multicommodity flow: every price vector proves a floor under the maximum link utilisation. The checker needs
/// nothing but the instance and the prices; wrong prices prove less, never too much.
/// </summary>
public static class PriceFloor
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.price-floor",
        Title = "Floor of link utilisation from prices",
        Side = Side.Floor,
        Unit = Unit.One,
        Parameters =
        [
            BoundParameter.Matrix("capacity", "capacity of the edge from row to column, 0 where there is none"),
            BoundParameter.Matrix("demand", "traffic from row to column, in the unit of the capacities"),
            BoundParameter.Matrix("price", "a length for every edge, at least 0"),
        ],
        Statement = "Whatever the routing, some link is at least as utilised as the demands' shortest-path volume under the prices over the network's volume.",
        Formula = "max_e load_e/c_e >= sum_d demand_d dist_l(s_d, t_d) / sum_e c_e l_e; equality for the best prices",
        Regime = "Counted: long-run load over capacity of the most utilised link, all demands carried whole, each over any mixture of paths. Directed "
            + "edges, no loss, no coding between demands, headers not counted. Every routing, single-path and multipath.",
        AppearsIn = "traffic engineering of a backbone, link metrics, capacity planning",
        MeansForYou = "links with a price are the ones worth money; upgrading any other cannot lower the maximum",
        Citation = new Citation("shahrokhi1990", "the dual of maximum concurrent flow"),
        Evaluator = Evaluate,
        Examples =
        [
            new(BipartiteTwoThree(), 4.0 / 3, "[okamura1981] K(2,3), unit capacities, unit demands between non-neighbours: flow 3/4 where cuts say 1"),
            new(OneLink(9), 0.9, "[shahrokhi1990] one link: demand over capacity"),
        ],
        Attained = new(
            "K(2,3): traffic between the two takes each middle node for a third, between two middle nodes each of the two for a half",
            BipartiteTwoThree(),
            () => (1.0 / 3) + 0.5 + 0.5),
    };

    /// <summary>
    /// The floor that these prices prove. Unlimited when a demand has no path; outside the regime when a price is negative, not finite, or stands on
    /// an unlimited edge. Edges without capacity are closed and their prices not read. Needs shortest paths to every target.
    /// </summary>
    public static BoundValue Of(DirectedGraph graph, DemandMatrix demands, IReadOnlyList<double> prices)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentOutOfRangeException.ThrowIfNotEqual(prices.Count, graph.EdgeCount);
        double[] lengths = new double[prices.Count];
        double network = 0;
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            double capacity = graph.CapacitiesBps[edge];
            if (capacity == 0)
            {
                lengths[edge] = double.PositiveInfinity;
                continue;
            }

            if (!(prices[edge] >= 0) || double.IsPositiveInfinity(prices[edge]) || (double.IsPositiveInfinity(capacity) && prices[edge] > 0))
            {
                return BoundValue.Outside($"the price of {graph.Describe(edge)} is {prices[edge]} at capacity {capacity}");
            }

            lengths[edge] = prices[edge];
            network += prices[edge] == 0 ? 0 : capacity * prices[edge];
        }

        double shortest = 0;
        for (int i = 0; i < demands.Targets.Length; i++)
        {
            ShortestPathTree tree = Dijkstra.To(graph, demands.Targets[i], lengths);
            foreach (Demand demand in demands.Towards(i))
            {
                if (!tree.Reaches(demand.Source))
                {
                    return BoundValue.Unlimited;
                }

                shortest += demand.RateBps * tree.Distances[demand.Source];
            }
        }

        double floor = network == 0 ? 0 : shortest / network;
        return !double.IsFinite(network) || !double.IsFinite(shortest) || !double.IsFinite(floor)
            ? BoundValue.Outside("the sums of the prices exceed all numbers")
            : BoundValue.Of(floor);
    }

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        string? problem = MatrixGraph.Read(arguments, out DirectedGraph graph, out DemandMatrix demands)
            ?? MatrixGraph.SameSize("price", arguments.Matrix("price"), arguments.Matrix("capacity"));
        return problem is not null ? BoundValue.Outside(problem) : Of(graph, demands, MatrixGraph.AtEdges(graph, arguments.Matrix("price")));
    }

    private static BoundArguments BipartiteTwoThree()
    {
        (double[][] links, double[][] demands) = MatrixGraph.BipartiteTwoThree();
        return new() { { "capacity", links }, { "demand", demands }, { "price", links } };
    }

    private static BoundArguments OneLink(double demand) =>
        new() { { "capacity", [[0, 10], [10, 0]] }, { "demand", [[0, demand], [0, 0]] }, { "price", [[0, 1], [0, 0]] } };
}
