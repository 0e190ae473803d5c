using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>One crash a round hides the value one round more.</summary>
internal static class SynchronousRounds
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.rounds",
        Title = "Rounds to agree despite f faults",
        Side = Side.Floor,
        Unit = Unit.Count("rounds"),
        Parameters =
        [
            BoundParameter.Integer("members", "members (n)", min: 1, max: 1e12),
            BoundParameter.Integer("faults", "faults that are survived (f)", max: 1e12),
        ],
        Statement = "Every deterministic protocol by which n members agree on one of their inputs despite f faults has a run of f + 1 rounds.",
        Formula = "f + 1",
        Regime = "Synchronous rounds in the worst run, deterministic, f <= n - 2; crashes suffice, and signatures do not help. Runs with fewer faults may end sooner (early stopping), and random choices in fewer rounds expected. Agreement on a value that "
            + "nobody proposed, or that was fixed before, needs none.",
        AppearsIn = "synchronous broadcast, real-time buses, Dolev-Strong broadcast of blockchains",
        MeansForYou = "Surviving many faults for certain is slow in the worst case; protocols hide it by being fast in the usual one.",
        Citation = new Citation("dolev1983", "the lower bound on phases; without signatures [fischer1982]"),
        Evaluator = arguments => arguments["faults"] > arguments["members"] - 2
            ? BoundValue.Outside("the theorem asks for at least two correct members")
            : BoundValue.Of(arguments["faults"] + 1),
        Examples =
        [
            new(new BoundArguments { ["members"] = 4, ["faults"] = 1 }, 2, "[fischer1982]: t + 1 rounds for t = 1"),
            new(new BoundArguments { ["members"] = 10, ["faults"] = 3 }, 4, "[dolev1983]: t + 1 phases for t = 3, signatures or not"),
        ],
    };
}
