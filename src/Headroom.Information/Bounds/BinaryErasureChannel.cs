using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Capacity of a channel that loses bits visibly.</summary>
internal static class BinaryErasureChannel
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.bec",
        Title = "Capacity of the erasure channel",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Probability("e", "probability that a use is erased")],
        Statement = "No code carries more than 1 - e bits per use, with or without feedback.",
        Formula = "1 - e",
        Regime = "Reliable bits per use of a binary channel; each use erased independently with probability e and seen to be erased; for packets of b bits, "
            + "multiply by b. Feedback does not raise it.",
        AppearsIn = "packet loss: transport, forward error correction, multicast repair",
        MeansForYou = "At 1 % loss no scheme delivers more than 99 % of what is sent, and asking again reaches exactly that.",
        Citation = new Citation("cover2006", "Section 7.1.5"),
        Evaluator = arguments => BoundValue.Of(1 - arguments["e"]),
        Examples =
        [
            new(new BoundArguments { ["e"] = 0.25 }, 0.75, "[cover2006] Section 7.1.5: C = 1 - alpha"),
        ],
        Attained = new Attainment("asking again: one bit takes sum k e^(k-1) (1-e) uses on average", new BoundArguments { ["e"] = 0.25 }, AskingAgain),
    };

    /// <summary>Bits per use when each bit is repeated until it arrives, by summing the mean number of uses.</summary>
    private static double AskingAgain()
    {
        double uses = 0;
        double probability = 0.75;
        for (int k = 1; k < 100; k++, probability *= 0.25)
        {
            uses += k * probability;
        }

        return 1 / uses;
    }
}
