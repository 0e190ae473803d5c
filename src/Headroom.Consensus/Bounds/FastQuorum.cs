using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>What leaving out the leader costs in members.</summary>
internal static class FastQuorum
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.fast-members",
        Title = "Members for consensus in two delays whoever proposes",
        Side = Side.Floor,
        Unit = Unit.Count("members"),
        Parameters =
        [
            BoundParameter.Integer("crashes", "crashes that are survived (f)", max: 1e12),
            BoundParameter.Integer("fast", "crashes despite which two delays are enough (e)", max: 1e12),
            BoundParameter.Integer("proposers", "0: processes apart from the members propose; 1: every member proposes at the start; 2: members propose when they are asked", max: 2) with { Default = 0 },
        ],
        Statement = "Consensus that survives f crashes and decides in two message delays despite e of them, whoever proposes, needs more than 2 f and more than 2 e + f members; one or two fewer if the proposers are members whose votes count.",
        Formula = "max(2f + 1, 2e + f + 1 - proposers)",
        Regime = "Members that accept; partially synchronous messages, crash faults, e <= f. With proposers apart (Fast Paxos): the value of any of them is decided in two delays when no other proposes. With members as "
            + "proposers it is enough that some member (a task: all begin at once), or the one that was asked (an object), decides in two: Egalitarian Paxos lives there, and below the first form.",
        AppearsIn = "Fast Paxos, Egalitarian Paxos, leaderless commit across regions",
        MeansForYou = "A shortcut past the leader is paid in members, or in larger quorums of those there are.",
        Citation = new Citation("ryabinin2025", "abstract, and for proposers apart [lamport2006]"),
        Evaluator = arguments => arguments["fast"] > arguments["crashes"]
            ? BoundValue.Outside("fast despite more crashes than are survived")
            : BoundValue.Of(Math.Max((2 * arguments["crashes"]) + 1, (2 * arguments["fast"]) + arguments["crashes"] + 1 - arguments["proposers"])),
        Examples =
        [
            new(new BoundArguments { ["crashes"] = 1, ["fast"] = 1 }, 4, "[lamport2006b]: n > 2 e + f"),
            new(new BoundArguments { ["crashes"] = 2, ["fast"] = 2, ["proposers"] = 2 }, 5, "[ryabinin2025] abstract: max(2e + f - 1, 2f + 1) for an object"),
            new(new BoundArguments { ["crashes"] = 2, ["fast"] = 2, ["proposers"] = 1 }, 6, "[ryabinin2025] abstract: max(2e + f, 2f + 1) for a task"),
        ],
    };
}
