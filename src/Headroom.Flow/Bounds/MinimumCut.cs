using Headroom.Graphs;
using Headroom.Graphs.Flows;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>The rate between two nodes is at most the capacity of any set of edges that parts them; the smallest such cut is attained.</summary>
public static class MinimumCut
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.min-cut",
        Title = "Max-flow min-cut",
        Side = Side.Ceiling,
        Unit = Unit.BitPerSecond,
        Parameters =
        [
            BoundParameter.Matrix("capacity", "capacity of the edge from row to column, 0 where there is none"),
            BoundParameter.Integer("source", "the sending node's row"),
            BoundParameter.Integer("sink", "the receiving node's row"),
        ],
        Statement = "No way of sending, with or without coding, carries more from a source to a sink than the capacity of the smallest cut between them.",
        Formula = "rate <= min over S containing the source, not the sink, of sum of c(i,j), i in S, j not in S",
        Regime = "Counted: bits per second from one source to one sink, long-run. Directed edges, each with a capacity of its own, without error or loss; "
            + "nodes forward without limit; no other traffic. Every strategy, coding included.",
        AppearsIn = "bulk copies between regions, backup windows, failover headroom",
        MeansForYou = "more paths or a cleverer scheduler do not help past the cut; only capacity across it does",
        Citation = new Citation("ford1956", "Theorem 1"),
        Evaluator = Evaluate,
        Examples =
        [
            new(Textbook(), 23, "[cormen2009] Figure 26.6"),
            new(new BoundArguments { { "capacity", [[0, 3, 0], [0, 0, 2], [0, 0, 0]] }, { "source", 0 }, { "sink", 2 } }, 2, "[ford1956] a chain is as strong as its weakest link"),
        ],
        Attained = new("the flow of the textbook's figure: 12 and 11 leave the source, 19 and 4 enter the sink", Textbook(), () => 19 + 4),
    };

    /// <summary>The cut's capacity, summed from its side alone.</summary>
    public static double CapacityOf(DirectedGraph graph, IReadOnlyList<bool> isOnSourceSide)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(isOnSourceSide);
        double sum = 0;
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            sum += isOnSourceSide[graph.Tails[edge]] && !isOnSourceSide[graph.Heads[edge]] ? graph.CapacitiesBps[edge] : 0;
        }

        return sum;
    }

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        double[][] capacities = arguments.Matrix("capacity");
        string? problem = MatrixGraph.Read(capacities, out DirectedGraph graph)
            ?? MatrixGraph.NodeProblem("source", arguments["source"], capacities.Length)
            ?? MatrixGraph.NodeProblem("sink", arguments["sink"], capacities.Length)
            ?? (arguments["source"] == arguments["sink"] ? "source and sink are the same node: no edge is crossed" : null);
        return problem is not null ? BoundValue.Outside(problem) : Between(graph, arguments.Int("source"), arguments.Int("sink"));
    }

    /// <summary>The value of the smallest cut; unlimited where a path of unlimited edges leads.</summary>
    public static BoundValue Between(DirectedGraph graph, int source, int sink)
    {
        MaximumFlow flow = MaximumFlow.Between(graph, source, sink);
        return double.IsPositiveInfinity(flow.Value) ? BoundValue.Unlimited : BoundValue.Of(CapacityOf(graph, flow.IsOnSourceSide));
    }

    private static BoundArguments Textbook() => new()
    {
        {
            "capacity",
            [
                [0, 16, 13, 0, 0, 0],
                [0, 0, 0, 12, 0, 0],
                [0, 4, 0, 0, 14, 0],
                [0, 0, 9, 0, 0, 20],
                [0, 0, 0, 7, 0, 4],
                [0, 0, 0, 0, 0, 0],
            ]
        },
        { "source", 0 },
        { "sink", 5 },
    };
}
