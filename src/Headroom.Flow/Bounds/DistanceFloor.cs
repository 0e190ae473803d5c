using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>No carried bit travels less than its shortest way: hops, latency, or any other length that adds up along a path.</summary>
public static class DistanceFloor
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.distance-floor",
        Title = "Mean length of the way",
        Side = Side.Floor,
        Unit = Unit.One,
        Parameters =
        [
            BoundParameter.Matrix("capacity", "capacity of the edge from row to column, 0 where there is none"),
            BoundParameter.Matrix("demand", "traffic from row to column"),
            BoundParameter.Matrix("length", "length of the edge: 1 for hops, seconds for latency", max: 1e30),
        ],
        Statement = "However traffic is routed, its mean length is at least the demand's mean shortest distance.",
        Formula = "mean length >= sum_d demand_d dist(s_d, t_d) / sum_d demand_d",
        Regime = "Counted: lengths of the edges that a carried bit crosses, averaged over all demanded bits, all of them carried; in the unit of the lengths. "
            + "Constant lengths (no queueing), capacities not binding. Every routing; attained by shortest paths.",
        AppearsIn = "latency of a backbone, egress paid at every site crossed, load that detours add",
        MeansForYou = "what an optimised routing adds above this is the price of balance",
        Citation = new Citation("dijkstra1959", "Problem 2"),
        Evaluator = Evaluate,
        Examples = [new(BipartiteTwoThree(), 2, "[okamura1981] K(2,3) with unit demands between non-neighbours: two hops each")],
        Attained = new("the triangle: every demand on its shortest path", Triangle(), () => ((1 * 2) + (2 * 1) + (3 * 2.0)) / (1 + 2 + 3)),
    };

    /// <summary>The demand's mean shortest distance; unlimited when a demand has no path over edges with capacity, 0 without demand.</summary>
    public static BoundValue Of(DirectedGraph graph, DemandMatrix demands, ReadOnlySpan<double> lengths)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        double[] open = lengths.ToArray();
        for (int edge = 0; edge < open.Length; edge++)
        {
            open[edge] = graph.CapacitiesBps[edge] == 0 ? double.PositiveInfinity : open[edge];
        }

        double sum = 0;
        for (int i = 0; i < demands.Targets.Length; i++)
        {
            ShortestPathTree tree = Dijkstra.To(graph, demands.Targets[i], open);
            foreach (Demand demand in demands.Towards(i))
            {
                if (!tree.Reaches(demand.Source))
                {
                    return BoundValue.Unlimited;
                }

                sum += demand.RateBps * tree.Distances[demand.Source];
            }
        }

        return demands.TotalBps == 0 ? BoundValue.Of(0)
            : double.IsFinite(sum / demands.TotalBps) ? BoundValue.Of(sum / demands.TotalBps)
            : BoundValue.Outside("the sums exceed all numbers");
    }

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        string? problem = MatrixGraph.Read(arguments, out DirectedGraph graph, out DemandMatrix demands)
            ?? MatrixGraph.SameSize("length", arguments.Matrix("length"), arguments.Matrix("capacity"));
        return problem is not null ? BoundValue.Outside(problem) : Of(graph, demands, MatrixGraph.AtEdges(graph, arguments.Matrix("length")));
    }

    private static BoundArguments BipartiteTwoThree()
    {
        (double[][] links, double[][] demands) = MatrixGraph.BipartiteTwoThree();
        return new() { { "capacity", links }, { "demand", demands }, { "length", links } };
    }

    /// <summary>0 to 1 and 1 to 2 of length 1, 0 to 2 directly of length 3; demands 1 from 0 to 2, 2 from 0 to 1 and 3 from 2 back to 0 over 2 of length.</summary>
    private static BoundArguments Triangle() => new()
    {
        { "capacity", [[0, 1, 1], [0, 0, 1], [1, 0, 0]] },
        { "demand", [[0, 2, 1], [0, 0, 0], [3, 0, 0]] },
        { "length", [[0, 1, 3], [0, 0, 1], [2, 0, 0]] },
    };
}
