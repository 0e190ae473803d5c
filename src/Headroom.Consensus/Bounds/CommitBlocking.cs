using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>Whoever has promised and hears no decision can only wait.</summary>
internal static class CommitBlocking
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.commit-blocking",
        Title = "Crashed coordinators that a prepared transaction need not wait for",
        Side = Side.Ceiling,
        Unit = Unit.Count("crashes"),
        Parameters = [BoundParameter.Integer("coordinators", "processes that hold the outcome for the others: 1 in two-phase commit", min: 1, max: 1e12)],
        Statement = "Participants that have voted yes learn the outcome despite any f crashes among m holders of the outcome only if m > 2 f: none for two-phase commit, which blocks.",
        Formula = "floor((m - 1)/2)",
        Regime = "Crashes of processes that hold the outcome, while participants have promised and lost their right to abort; delays without a bound that always holds, so that a slow coordinator must not be taken for a dead one; participants "
            + "hold no part of the outcome themselves. Where time-outs never err, a third phase serves instead.",
        AppearsIn = "XA transactions, sharded databases, workflow engines",
        MeansForYou = "Replicate the coordinator (Spanner, Paxos Commit) or live with locks that outlast its crash.",
        Citation = new Citation("gray2006", "abstract: two-phase commit is Paxos Commit with f = 0, which needs 2f + 1 acceptors"),
        Evaluator = arguments => BoundValue.Of(Math.Floor((arguments["coordinators"] - 1) / 2)),
        Examples =
        [
            new(new BoundArguments { ["coordinators"] = 1 }, 0, "[gray2006] abstract: the classic two-phase commit protocol blocks if the coordinator fails"),
            new(new BoundArguments { ["coordinators"] = 3 }, 1, "[gray2006] abstract: Paxos Commit with 2f + 1 coordinators makes progress if at least f + 1 of them work, f = 1"),
        ],
    };
}
