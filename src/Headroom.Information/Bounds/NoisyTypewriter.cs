using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Capacity of a keyboard that types the key or its neighbour.</summary>
internal static class NoisyTypewriter
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.noisy-typewriter",
        Title = "Capacity of the noisy typewriter",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Integer("n", "letters", 2)],
        Statement = "No code carries more than log2(n/2) bits per use.",
        Formula = "log2(n) - 1",
        Regime = "Reliable bits per use; each of n letters in a circle arrives as itself or as the next one, each with probability one half.",
        AppearsIn = "the smallest example of zero-error coding; collisions between neighbours on a grid of frequencies or time slots",
        MeansForYou = "With even n, using every second letter reaches it without any error: spacing beats coding.",
        Citation = new Citation("cover2006", "Section 7.1.3"),
        Evaluator = arguments => BoundValue.Of(Elementary.Log2(arguments["n"]) - 1),
        Examples =
        [
            new(new BoundArguments { ["n"] = 26 }, 3.7004397, "[cover2006] Section 7.1.3: log2 13") { RelativeTolerance = 2e-8 },
        ],
        Attained = new Attainment("every second of 16 letters: 8 distinguishable signals, 3 bits", new BoundArguments { ["n"] = 16 }, () => 3),
    };
}
