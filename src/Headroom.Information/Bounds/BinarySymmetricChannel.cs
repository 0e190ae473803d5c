using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Capacity of a channel that flips bits.</summary>
internal static class BinarySymmetricChannel
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.bsc",
        Title = "Capacity of the binary symmetric channel",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Probability("p", "probability that a bit arrives flipped")],
        Statement = "No code carries more than 1 - h(p) bits per use with vanishing error.",
        Formula = "1 - h(p), h(p) = -p log2 p - (1-p) log2 (1-p)",
        Regime = "Reliable bits per channel use in the limit of long blocks; each bit flipped independently with probability p, positions unknown; feedback "
            + "does not help.",
        AppearsIn = "links with bit errors under forward error correction; noisy storage cells",
        MeansForYou = "At 1 % flips every code spends at least 8 % of the bits on redundancy.",
        Citation = new Citation("cover2006", "Section 7.1.4"),
        Evaluator = arguments => BoundValue.Of(ShannonEntropy.OneMinusBinary(arguments["p"])),
        Examples =
        [
            new(new BoundArguments { ["p"] = 0.11 }, 0.5000840, "1 - h(0.11), tabulated to seven digits") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { ["p"] = 0.1 }, 0.5310044, "1 - h(0.1), tabulated to seven digits") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { ["p"] = 0.25 }, 0.1887219, "1 - h(1/4) = 3/4 log2 3 - 1, tabulated to seven digits") { RelativeTolerance = 3e-7 },
            new(new BoundArguments { ["p"] = 0.5 }, 0, "[cover2006] Section 7.1.4: useless at one half"),
        ],
        Attained = new Attainment("no flips: every use carries its bit", new BoundArguments { ["p"] = 0 }, () => 1),
    };
}
