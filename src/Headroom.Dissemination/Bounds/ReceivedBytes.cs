using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>What a receiver learns must reach it.</summary>
internal static class ReceivedBytes
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.received-bytes",
        Title = "Bytes that receivers must take in",
        Side = Side.Floor,
        Unit = Unit.Byte,
        Parameters =
        [
            BoundParameter.Number("deliveries", "members reached, the origin not counted", max: 1e30),
            BoundParameter.Number("entropy", "entropy of the payload given what receivers know already", max: 1e30, unit: Unit.Bit),
        ],
        Statement = "Every member that comes to know a payload of entropy H takes in at least H bits on average.",
        Formula = "deliveries * H / 8",
        Regime = "Expected bytes on all links of one broadcast over point-to-point links, headers not counted; any coding, any protocol, any faults; whom it reaches does not depend on what it says. What is sent tells its own "
            + "end, and headers, timing and silence tell nothing of the payload. A payload of b bytes that receivers cannot predict has 8 b bits.",
        AppearsIn = "egress bills of any fan-out: feeds, price pushes, software updates",
        MeansForYou = "Past one copy for each receiver only compression, deltas and fewer receivers save bytes.",
        Citation = new Citation("cover2006", "Theorem 5.3.1"),
        Evaluator = arguments => BoundValue.Of(arguments["deliveries"] * arguments["entropy"] / 8),
        Examples =
        [
            new(new BoundArguments { ["deliveries"] = 1, ["entropy"] = 2 }, 0.25, "[cover2006] Example 1.1.2: the winner among eight horses has an entropy of 2 bits"),
            new(new BoundArguments { ["deliveries"] = 1, ["entropy"] = 5 }, 0.625, "[cover2006] Example 1.1.1: one of 32 outcomes takes 5 bits"),
        ],
        Attained = new Attainment("999 receivers of 2,000 random bytes, one copy each", new BoundArguments { ["deliveries"] = 999, ["entropy"] = 16_000 }, OneCopyEach),
    };

    private static double OneCopyEach()
    {
        long bytes = 0;
        for (int receiver = 0; receiver < 999; receiver++)
        {
            bytes += new byte[2000].Length;
        }

        return bytes;
    }
}
