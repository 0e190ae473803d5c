using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>Everyone must come to know that everyone agreed.</summary>
internal static class AtomicCommitMessages
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.atomic-commit-messages",
        Title = "Messages of a commit that n participants must all agree to",
        Side = Side.Floor,
        Unit = Unit.Count("messages"),
        Parameters =
        [
            BoundParameter.Integer("participants", "processes with a vote, the coordinator among them if it has one (n)", min: 1, max: 1e12),
            BoundParameter.Integer("crashes", "crashes despite which the others decide (f); n - 1 where more are given", min: 1, max: 1e12) with { Default = 1e12 },
        ],
        Statement = "In a failure-free run that commits, a non-blocking atomic commitment among n processes which survives any n - 1 crashes sends at least 2n - 2 messages; which survives f, at least n - 1 + f.",
        Formula = "n - 1 + min(f, n - 1); 2n - 2 for f = n - 1",
        Regime = "Messages from the votes to the last participant's knowing, when all vote yes and nobody fails; requests to prepare not counted; unicast; synchronous, so that even silence may speak (hence less for f < n - 1, and "
            + "nothing at all where nobody can crash: silence then says yes); asynchronous protocols, two-phase commit too, need 2n - 2. Commits only: aborts may be cheaper.",
        AppearsIn = "two-phase and three-phase commit, transactions across shards, Paxos Commit",
        MeansForYou = "Two messages a participant are what agreement costs; only fewer participants save more.",
        Citation = new Citation("dwork1983", "the message floor of nonblocking commit; for f crashes [guerraoui2017]"),
        Evaluator = arguments =>
        {
            double others = arguments["participants"] - 1;
            return BoundValue.Of(others + Math.Min(arguments["crashes"], others));
        },
        Examples =
        [
            new(new BoundArguments { ["participants"] = 3 }, 4, "[dwork1983]: 2n - 2 for n = 3"),
            new(new BoundArguments { ["participants"] = 5, ["crashes"] = 1 }, 5, "[guerraoui2017]: n - 1 + f for n = 5, f = 1"),
        ],
        Attained = new Attainment("votes down a line of six, the decision back up it", new BoundArguments { ["participants"] = 6 }, Line),
    };

    /// <summary>Messages until the knowledge of all six votes, a bit each, is with everybody.</summary>
    private static double Line()
    {
        int[] known = [1, 2, 4, 8, 16, 32];
        int messages = 0;
        for (int at = 0; at < 5; at++, messages++)
        {
            known[at + 1] |= known[at];
        }

        for (int at = 5; at > 0; at--, messages++)
        {
            known[at - 1] |= known[at];
        }

        return known.All(votes => votes == 63) ? messages : double.PositiveInfinity;
    }
}
