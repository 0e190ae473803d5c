using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>The telephone model.</summary>
internal static class RoundsOneCall
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.rounds-one-call",
        Title = "Rounds with one call for each member",
        Side = Side.Floor,
        Unit = Unit.Count("rounds"),
        Parameters =
        [
            BoundParameter.Integer("members", "members to know, the origin among them", min: 1),
            BoundParameter.Integer("messages", "payloads (or chunks of one) that the origin broadcasts", min: 1) with { Default = 1 },
        ],
        Statement = "If every member sends to at most one other in a round and receives from at most one, m messages take at least m - 1 + ceil(log2 n) rounds.",
        Formula = "m - 1 + ceil(log2 n)",
        Regime = "Synchronous rounds; in a round every member sends at most one message to one other and receives at most one, a message holding one payload or chunk whole; all m start at one origin; "
            + "uncoded; any knowledge. Several payloads in one message count as one. Push-pull gossip, where one member answers many callers in a round, stands outside.",
        AppearsIn = "binomial broadcast trees of message-passing libraries, pairwise gossip, chunked file distribution",
        MeansForYou = "One chunk more costs one round more: cut a large payload into chunks and the logarithm is paid once.",
        Citation = new Citation("barnoy1994", "abstract"),
        Evaluator = arguments => arguments["members"] == 1
            ? BoundValue.Of(0)
            : BoundValue.Of(arguments["messages"] - 1 + RoundsByFanout.Rounds(arguments["members"], 1)),
        Examples =
        [
            new(new BoundArguments { ["members"] = 8, ["messages"] = 3 }, 5, "[barnoy1994] abstract: (m - 1) + ceil(log n), here m = 3 and n = 8"),
            new(new BoundArguments { ["members"] = 1000 }, 10, "[grigni1991] abstract: ceil(lg n)"),
        ],
        Attained = new Attainment("binomial broadcast among 1,000, informed member by informed member", new BoundArguments { ["members"] = 1000 }, Binomial),
    };

    /// <summary>In round r member i &lt; 2^r calls member i + 2^r.</summary>
    private static double Binomial()
    {
        var knows = new bool[1000];
        knows[0] = true;
        int rounds = 0;
        while (knows.Contains(false))
        {
            for (int caller = (1 << rounds) - 1; caller >= 0; caller--)
            {
                if (caller + (1 << rounds) < knows.Length && knows[caller])
                {
                    knows[caller + (1 << rounds)] = true;
                }
            }

            rounds++;
        }

        return rounds;
    }
}
