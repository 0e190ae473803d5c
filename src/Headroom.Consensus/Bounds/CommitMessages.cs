using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>A command must get out to a quorum, and word of it must come back.</summary>
internal static class CommitMessages
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.commit-messages",
        Title = "Messages to commit a command",
        Side = Side.Floor,
        Unit = Unit.Ratio("messages/command"),
        Parameters =
        [
            BoundParameter.Integer("quorum", "members that must hold the command, the leader among them (q)", min: 1, max: 1e12),
            BoundParameter.Number("batch", "commands that one message towards a member carries at most (b)", min: 1, max: 1e12) with { Default = 1 },
            BoundParameter.Number("answered", "commands that one answer speaks for at most (a)", min: 1, max: 1e12) with { Default = 1 },
            BoundParameter.Integer("relays", "0: members talk with the leader only; 1: they may pass commands and answers on", max: 1) with { Default = 0 },
        ],
        Statement = "Each of q - 1 other members takes in a message that carries the command, and the leader takes in word of each of them: q - 1 answers where members talk with the leader only, one where they may speak for each other.",
        Formula = "(q - 1)/b + (q - 1)/a; with relays (q - 1)/b + min(q - 1, 1)/a",
        Regime = "Messages that carry commands towards a quorum or answers back, unicast, over commands, in a long failure-free run, all commands through one leader which is a member and must know that its command is held. Client "
            + "traffic, heartbeats and commit notices (they ride on later requests) are not counted unless they carry commands or answers. Piggy-backing changes nothing for a command alone; batches divide requests by b, cumulative answers theirs by a. Asynchronous: silence tells nothing.",
        AppearsIn = "Raft, Multi-Paxos, Zab (no relays); chain and ring replication (relays)",
        MeansForYou = "Against chatter batch and pipeline; members past the quorum are above the floor, and so are answers apart for each entry.",
        Citation = new Citation("ongaro2014", "section 3.5: each command to a majority, each of which answers; counted here"),
        Evaluator = arguments =>
        {
            double others = arguments["quorum"] - 1;
            return BoundValue.Of((others / arguments["batch"]) + ((arguments["relays"] == 1 ? Math.Min(others, 1) : others) / arguments["answered"]));
        },
        Examples =
        [
            new(new BoundArguments { ["quorum"] = 3 }, 4, "by hand from [ongaro2014] section 3.5: two requests and two answers for three of five"),
            new(new BoundArguments { ["quorum"] = 3, ["batch"] = 10, ["answered"] = 10 }, 0.4, "by hand: the same four messages for ten commands"),
            new(new BoundArguments { ["quorum"] = 3, ["relays"] = 1 }, 3, "by hand: leader, second, third and back to the leader, as [vanrenesse2004] figure 2 passes updates down a chain") { RelativeTolerance = 1e-9 },
        ],
        Attained = new Attainment("a ring of five in which each command goes round once", new BoundArguments { ["quorum"] = 5, ["relays"] = 1 }, Ring),
    };

    private static double Ring()
    {
        int messages = 0;
        for (int at = 0; ;)
        {
            at = (at + 1) % 5;
            messages++;
            if (at == 0)
            {
                return messages;
            }
        }
    }
}
