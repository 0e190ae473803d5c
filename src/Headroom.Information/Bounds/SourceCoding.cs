using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Shannon's floor for lossless codes of a memoryless source.</summary>
internal static class SourceCoding
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.source-coding",
        Title = "Source coding: entropy",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Vector("p", "probability of each symbol", 0, 1)],
        Statement = "The expected length of a uniquely decodable binary code is at least the entropy of the source.",
        Formula = "H(p) = -sum p log2 p",
        Regime = "Expected bits per symbol, symbols independent with known distribution p, lossless, uniquely decodable (concatenated codewords separate by themselves). "
            + "Says nothing of one given file, nor of a source with memory.",
        AppearsIn = "compression of telemetry, logs and messages; entropy coders inside every codec",
        MeansForYou = "If symbols are truly independent no codec saves more; real logs are not independent, so their order-0 entropy is no limit.",
        Citation = new Citation("cover2006", "Theorem 5.3.1"),
        Evaluator = arguments => ShannonEntropy.Problem(arguments.Vector("p")) is { } problem
            ? BoundValue.Outside(problem)
            : BoundValue.Of(ShannonEntropy.Of(arguments.Vector("p"))),
        Examples =
        [
            new(new BoundArguments { { "p", [0.5, 0.25, 0.125, 0.125] } }, 1.75, "[cover2006] Example 5.1.1: H(X) = 1.75 bits"),
            new(new BoundArguments { { "p", [0.5, 0.25, 0.125, 0.0625, 0.015625, 0.015625, 0.015625, 0.015625] } }, 2, "[cover2006] Section 1.1: the horse race has 2 bits"),
        ],
        Attained = new Attainment("the prefix code 0, 10, 110, 111 on (1/2, 1/4, 1/8, 1/8)", new BoundArguments { { "p", [0.5, 0.25, 0.125, 0.125] } },
            () => (0.5 * "0".Length) + (0.25 * "10".Length) + (0.125 * "110".Length) + (0.125 * "111".Length)),
    };
}
