using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>The best code of whole bits per symbol.</summary>
internal static class PrefixCode
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.prefix-code",
        Title = "Prefix code: Huffman's length",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Vector("p", "probability of each symbol", 0, 1)],
        Statement = "No prefix code with one word for each symbol that occurs has a smaller expected length than Huffman's.",
        Formula = "sum of the merged weights when the two least weights are merged until one is left",
        Regime = "Expected bits per symbol, one binary word per symbol (no blocks, no arithmetic coding), prefix or uniquely decodable, known distribution; a symbol of probability 0 needs no word.",
        AppearsIn = "entropy stages of deflate and JPEG, type tags, opcodes",
        MeansForYou = "Where Huffman stays above the entropy, arithmetic or ANS coding pays the difference back, at most one bit a symbol.",
        Citation = new Citation("huffman1952", "optimality of the construction; [cover2006] Theorem 5.8.1"),
        Evaluator = arguments => ShannonEntropy.Problem(arguments.Vector("p")) is { } problem
            ? BoundValue.Outside(problem)
            : BoundValue.Of(HuffmanLength.Of(arguments.Vector("p"))),
        Examples =
        [
            new(new BoundArguments { { "p", [0.25, 0.25, 0.2, 0.15, 0.15] } }, 2.3, "[cover2006] Example 5.6.1: average length 2.3 bits"),
            new(new BoundArguments { { "p", [1.0 / 3, 1.0 / 3, 0.25, 1.0 / 12] } }, 2, "[cover2006] Section 5.7: lengths (2,2,2,2) and (1,2,3,3) are both optimal"),
        ],
        Attained = new Attainment("0, 10, 110, 111 on (1/2, 1/4, 1/8, 1/8)", new BoundArguments { { "p", [0.5, 0.25, 0.125, 0.125] } }, () => (0.5 * 1) + (0.25 * 2) + (0.25 * 3)),
    };
}
