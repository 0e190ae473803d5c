using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>Who is to have it must be sent it.</summary>
internal static class PayloadCopies
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.payload-copies",
        Title = "A copy for every member",
        Side = Side.Floor,
        Unit = Unit.Count("copies"),
        Parameters = [BoundParameter.Number("delivered", "members that have the payload at the end, the origin among them; or how many on average", min: 1, max: 1e15)],
        Statement = "A broadcast that reaches m members, its origin among them, sends the payload at least m - 1 times; on average over runs, at least the mean of m less one.",
        Formula = "m - 1",
        Regime = "Payload copies sent in one broadcast, each to one receiver (unicast, no multicast medium), uncoded and whole; whatever is lost, crashed or known "
            + "beforehand. Batching several payloads into a packet saves packets, not copies.",
        AppearsIn = "gossip, flooding, replication trees, cache invalidation, configuration push",
        MeansForYou = "Whatever is above one copy for each delivery is redundancy: a choice that buys robustness, not a necessity.",
        Citation = new Citation("santoro2006", "section 2.1"),
        Evaluator = arguments => BoundValue.Of(arguments["delivered"] - 1),
        Examples =
        [
            new(new BoundArguments { ["delivered"] = 8 }, 7, "[santoro2006] section 2.1.3: M[HyperFlood/H_k] = n - 1, here k = 3"),
            new(new BoundArguments { ["delivered"] = 25 }, 24, "[maelstrom] chapter 3: 24 messages a broadcast on a line of 25 nodes"),
        ],
        Attained = new Attainment("a tree of 25 nodes with four children each, counted edge by edge", new BoundArguments { ["delivered"] = 25 }, TreeEdges),
    };

    private static double TreeEdges()
    {
        int edges = 0;
        for (int parent = 0; parent < 25; parent++)
        {
            for (int child = (4 * parent) + 1; child <= (4 * parent) + 4 && child < 25; child++)
            {
                edges++;
            }
        }

        return edges;
    }
}
