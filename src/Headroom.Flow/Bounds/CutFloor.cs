using Headroom.Graphs;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>What must cross a cut over what the cut can carry: the price floor with price 1 on the cut and 0 elsewhere.</summary>
public static class CutFloor
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.cut-floor",
        Title = "Floor of link utilisation from a cut",
        Side = Side.Floor,
        Unit = Unit.One,
        Parameters =
        [
            BoundParameter.Matrix("capacity", "capacity of the edge from row to column, 0 where there is none"),
            BoundParameter.Matrix("demand", "traffic from row to column, in the unit of the capacities"),
            BoundParameter.Vector("side", "1 for the nodes on the sending side, 0 for the others", 0, 1),
        ],
        Statement = "Some link across a cut is at least as utilised as the demand that must cross it over the cut's capacity.",
        Formula = "max_e load_e/c_e >= sum of demand(i,j) / sum of c(i,j), both over i in S, j not in S",
        Regime = "Counted: long-run load over capacity of the most utilised link, all demands carried whole. Directed edges; every routing. Over all cuts "
            + "it is tight for one source and sink; for many it may lie below the optimum (K(2,3): 1 against 4/3).",
        AppearsIn = "transatlantic or inter-region links, north-south traffic of a datacentre",
        MeansForYou = "when this is near 1, no routing change helps: move the demand or buy capacity across the cut",
        Citation = new Citation("shahrokhi1990", "the sparsest cut"),
        Evaluator = Evaluate,
        Examples =
        [
            new(BipartiteTwoThree(1, 0, 0, 0, 0), 1.0 / 3, "[okamura1981] K(2,3), one of the two: one demand over three links"),
            new(BipartiteTwoThree(0, 0, 1, 0, 0), 1, "[okamura1981] K(2,3), a middle node: two demands over two links"),
        ],
        Attained = new("one link of capacity 10 that carries 9", OneLink(), () => 9.0 / 10),
    };

    /// <summary>The floor that this side proves; unlimited when demand crosses a cut without capacity, 0 when none crosses.</summary>
    public static BoundValue Of(DirectedGraph graph, DemandMatrix demands, IReadOnlyList<bool> isOnSourceSide)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        ArgumentNullException.ThrowIfNull(isOnSourceSide);
        double capacity = MinimumCut.CapacityOf(graph, isOnSourceSide);
        double crossing = 0;
        foreach (Demand demand in demands.All)
        {
            crossing += isOnSourceSide[demand.Source] && !isOnSourceSide[demand.Target] ? demand.RateBps : 0;
        }

        return crossing == 0 ? BoundValue.Of(0)
            : capacity == 0 ? BoundValue.Unlimited
            : double.IsFinite(crossing / capacity) ? BoundValue.Of(crossing / capacity)
            : BoundValue.Outside("the sums exceed all numbers");
    }

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double[] side = arguments.Vector("side");
        string? problem = MatrixGraph.Read(arguments, out DirectedGraph graph, out DemandMatrix demands)
            ?? (side.Length == graph.NodeCount ? null : $"side has {side.Length} entries for {graph.NodeCount} nodes")
            ?? (side.Any(s => s is not 0 and not 1) ? "side is 0 or 1 at each node" : null);
        return problem is not null ? BoundValue.Outside(problem) : Of(graph, demands, [.. side.Select(s => s == 1)]);
    }

    private static BoundArguments BipartiteTwoThree(params double[] side)
    {
        (double[][] links, double[][] demands) = MatrixGraph.BipartiteTwoThree();
        return new() { { "capacity", links }, { "demand", demands }, { "side", side } };
    }

    private static BoundArguments OneLink() =>
        new() { { "capacity", [[0, 10], [10, 0]] }, { "demand", [[0, 9], [0, 0]] }, { "side", [1, 0] } };
}
