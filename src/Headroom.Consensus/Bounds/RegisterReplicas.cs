using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>A read must meet the write.</summary>
internal static class RegisterReplicas
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.register-members",
        Title = "Members of a register that survives crashes",
        Side = Side.Floor,
        Unit = Unit.Count("members"),
        Parameters = [BoundParameter.Integer("crashes", "crashes that are survived (f)", max: 1e12)],
        Statement = "A register over asynchronous messages whose reads and writes end although any f members crash, and whose reads give the last written value, needs more than 2 f members.",
        Formula = "2f + 1",
        Regime = "Members that store, coded or whole; asynchronous messages, so that crashed and slow look alike; every operation ends with n - f members up; a read after a write sees it (regular or atomic); clients may crash, so that nobody waits for a writer (one that never crashes could answer reads itself). No consensus is needed "
            + "for it, and none is got. Reads that may be stale, or time-outs that never err, do with f + 1.",
        AppearsIn = "quorum reads and writes of Dynamo-like stores, ABD registers, metadata of object stores",
        MeansForYou = "Read and write quorums that meet cost the same members as consensus does; what they save is the leader.",
        Citation = new Citation("attiya1995", "no emulation unless a majority is up: the resilience is optimal"),
        Evaluator = arguments => BoundValue.Of((2 * arguments["crashes"]) + 1),
        Examples = [new(new BoundArguments { ["crashes"] = 1 }, 3, "[attiya1995] abstract: resilient as long as a majority of the processors are not faulty; the least majority of n with one faulty")],
        Attained = new Attainment("majorities of three: any two share a member", new BoundArguments { ["crashes"] = 1 }, () => Majorities.LeastMembers(1)),
    };
}
