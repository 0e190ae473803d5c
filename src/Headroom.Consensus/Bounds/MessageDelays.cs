using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>One message delay tells what was proposed; it takes another to know that it will stay.</summary>
internal static class MessageDelays
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.message-delays",
        Title = "Message delays of consensus in the normal case",
        Side = Side.Floor,
        Unit = Unit.Count("delays"),
        Parameters =
        [
            BoundParameter.Integer("members", "members that accept (n)", min: 1, max: 1e9),
            BoundParameter.Integer("crashes", "crashes that safety and progress must survive (f)", max: 1e9),
            BoundParameter.Integer("fast", "crashed members despite which it is still to be that fast (e)", max: 1e9) with { Default = 0 },
            BoundParameter.Integer("proposers", "1: only values of one appointed proposer need be fast; 2: those of any process, which no member is, are", min: 1, max: 2) with { Default = 1 },
        ],
        Statement = "Nobody but an accepting member knows a decision earlier than two message delays after the proposal; with several fast proposers and n <= 2 e + f members, not before three.",
        Formula = "2 if proposers = 1 or n > 2 e + f, else 3; 0 where no crash must be survived and the proposer decides alone",
        Regime = "Causal message delays from the proposal until the proposer, or a process that is no member, knows the decision, in the best run with e members crashed and no conflicting proposal; asynchronous messages, "
            + "crash faults, f >= 1. An accepting member may know one delay earlier where it completes a quorum itself (n = 3: proposer and first receiver). A client apart from the appointed proposer adds a delay to it.",
        AppearsIn = "Multi-Paxos and Raft (2 from the leader, 4 with the client's own way), Fast Paxos, Egalitarian Paxos",
        MeansForYou = "A write costs one round trip to a quorum from its leader; that is the floor, not an inefficiency.",
        Citation = new Citation("lamport2006", "the fast learning theorem; for synchronous rounds [keidar2003]: two in failure-free runs, for f > 1"),
        Evaluator = arguments =>
        {
            double n = arguments["members"];
            double f = arguments["crashes"];
            double e = arguments["fast"];
            return e > f ? BoundValue.Outside("fast despite more crashes than are survived")
                : n <= 2 * f ? BoundValue.Outside("no consensus at all: n > 2 f is needed (consensus.crash-members)")
                : f == 0 ? BoundValue.Of(0)
                : BoundValue.Of(arguments["proposers"] == 1 || n > (2 * e) + f ? 2 : 3);
        },
        Examples =
        [
            new(new BoundArguments { ["members"] = 3, ["crashes"] = 1 }, 2, "[lamport2006]: learning in two message delays from a leader needs n > 2 f only"),
            new(new BoundArguments { ["members"] = 3, ["crashes"] = 1, ["fast"] = 1, ["proposers"] = 2 }, 3, "[lamport2006]: n > 2 e + f fails for n = 3, e = f = 1"),
            new(new BoundArguments { ["members"] = 4, ["crashes"] = 1, ["fast"] = 1, ["proposers"] = 2 }, 2, "[lamport2006b]: four acceptors with quorums of three for e = f = 1"),
        ],
    };
}
