using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>Two halves that cannot hear each other must not both decide.</summary>
internal static class CrashMembers
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.crash-members",
        Title = "Members to agree despite crashes",
        Side = Side.Floor,
        Unit = Unit.Count("members"),
        Parameters = [BoundParameter.Integer("crashes", "crashes that are survived (f)", max: 1e12)],
        Statement = "Consensus that stays safe whatever messages' delays are, and decides although any f members crash, needs more than 2 f members.",
        Formula = "2f + 1",
        Regime = "Members that vote, witnesses and whoever reconfigures the others among them; delays without a known bound that always holds (partial synchrony or randomisation for progress), crash faults without lies, any f of "
            + "the members. Where time-outs never err (synchrony, a perfect failure detector) f + 1 are enough for consensus.",
        AppearsIn = "sizing of etcd, ZooKeeper, Raft and Paxos groups",
        MeansForYou = "Three survive one, five survive two; an even member adds cost and no crash.",
        Citation = new Citation("dwork1988", "table I; without timing, [bracha1985]"),
        Evaluator = arguments => BoundValue.Of((2 * arguments["crashes"]) + 1),
        Examples =
        [
            new(new BoundArguments { ["crashes"] = 1 }, 3, "[dwork1988] table I: 2t + 1 for fail-stop faults under partial synchrony, t = 1"),
            new(new BoundArguments { ["crashes"] = 2 }, 5, "[ongaro2014] section 2.1: a five-server cluster tolerates two failures"),
        ],
        Attained = new Attainment("majorities of five: any two share a member, and three remain when two crash", new BoundArguments { ["crashes"] = 2 }, () => Majorities.LeastMembers(2)),
    };
}
