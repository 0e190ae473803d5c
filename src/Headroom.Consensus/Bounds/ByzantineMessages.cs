using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Consensus.Bounds;

/// <summary>Liars who merely keep silent already make everybody ask around.</summary>
internal static class ByzantineMessages
{
    public static Bound Bound { get; } = new()
    {
        Id = "consensus.byzantine-messages",
        Title = "Messages to broadcast among liars",
        Side = Side.Floor,
        Unit = Unit.Count("messages"),
        Parameters =
        [
            BoundParameter.Integer("members", "members, the sender among them (n)", min: 2, max: 1e12),
            BoundParameter.Integer("liars", "members that may do anything (f)", min: 1, max: 1e12),
        ],
        Statement = "In some run of a deterministic Byzantine broadcast that survives f faults the correct members send more than (f/2)^2 messages and at least (n - 1)/2, signatures or not.",
        Formula = "max(floor((f/2)^2) + 1, ceil((n - 1)/2))",
        Regime = "Messages sent by correct members in the worst run, synchronous rounds, signatures allowed, deterministic; f <= n - 2. Randomised protocols send fewer in expectation against a fixed set of liars. A good run may be far cheaper.",
        AppearsIn = "Byzantine fault-tolerant replication, blockchains of known validators",
        MeansForYou = "Quadratic worst cases of PBFT and its kin are not sloppiness; linear ones buy it with randomness or happy paths.",
        Citation = new Citation("dolev1985", "the message bound with signatures"),
        Evaluator = arguments => arguments["liars"] > arguments["members"] - 2
            ? BoundValue.Outside("at least two members must be correct")
            : BoundValue.Of(Math.Max(Math.Floor(arguments["liars"] * arguments["liars"] / 4) + 1, Math.Ceiling((arguments["members"] - 1) / 2))),
        Examples =
        [
            new(new BoundArguments { ["members"] = 200, ["liars"] = 66 }, 1090, "[dolev1985]: more than (f/2)^2 = 33^2"),
            new(new BoundArguments { ["members"] = 4, ["liars"] = 1 }, 2, "[dolev1985]: (n - 1)/2 of n = 4, whole messages"),
        ],
    };
}
