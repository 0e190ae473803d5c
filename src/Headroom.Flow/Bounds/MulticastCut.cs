using Headroom.Graphs;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>One source, several sinks that all want the same: the smallest of their cuts limits the rate, and coding inside the network attains it.</summary>
public static class MulticastCut
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.multicast-cut",
        Title = "Multicast rate with network coding",
        Side = Side.Ceiling,
        Unit = Unit.BitPerSecond,
        Parameters =
        [
            BoundParameter.Matrix("capacity", "capacity of the edge from row to column, 0 where there is none"),
            BoundParameter.Integer("source", "the sending node's row"),
            BoundParameter.Vector("sinks", "the receiving nodes' rows"),
        ],
        Statement = "The same stream reaches all sinks at most at the smallest of the source's cuts to each; coding inside the network attains it.",
        Formula = "rate <= min over sinks t of maxflow(source, t)",
        Regime = "Counted: bits per second of one stream that every sink receives whole. Directed edges without error or cycles of delay, nodes may combine what "
            + "they receive; no other traffic. Every strategy, coding included; routing alone may reach less (butterfly: 1.5 against 2).",
        AppearsIn = "software roll-outs, live video to regions, replicated logs over a mesh",
        MeansForYou = "the slowest sink's cut sets everyone's rate; beyond it only capacity helps, up to it routing or coding does",
        Citation = new Citation("ahlswede2000", "Theorem 1"),
        Evaluator = Evaluate,
        Examples = [new(MulticastPrices.Butterfly(withPrices: false), 2, "[ahlswede2000] Figure 7, the butterfly: both sinks receive 2 bits a unit of time")],
        Attained = new(
            "the butterfly: each sink receives one bit directly and the exclusive-or of both through the middle",
            MulticastPrices.Butterfly(withPrices: false),
            ButterflyBitsDecoded),
    };

    private static BoundValue Evaluate(BoundArguments arguments)
    {
        string? problem = MulticastPrices.Read(arguments, out DirectedGraph graph);
        if (problem is not null)
        {
            return BoundValue.Outside(problem);
        }

        BoundValue least = BoundValue.Unlimited;
        foreach (double sink in arguments.Vector("sinks"))
        {
            BoundValue rate = MinimumCut.Between(graph, arguments.Int("source"), (int)sink);
            least = rate.Number is { } finite && !(least.Number <= finite) ? rate : least;
        }

        return least;
    }

    /// <summary>Plays all four pairs of bits through the butterfly's edges and counts what both sinks always recover.</summary>
    private static double ButterflyBitsDecoded()
    {
        bool left = true;
        bool right = true;
        for (int pair = 0; pair < 4; pair++)
        {
            (int a, int b) = (pair & 1, pair >> 1);
            int middle = a ^ b;
            left &= (a, middle ^ a) == (a, b);
            right &= (middle ^ b, b) == (a, b);
        }

        return left && right ? 2 : 0;
    }
}
