using Headroom.Information.Models;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>What a tolerated share of wrong bits saves.</summary>
internal static class BinaryRateDistortion
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.rate-distortion-binary",
        Title = "Rate-distortion of a binary source under Hamming distortion",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Probability("p", "probability of a one"), BoundParameter.Probability("d", "tolerated share of wrong bits")],
        Statement = "Describing independent bits with at most a share d wrong takes at least h(p) - h(d) bits per bit.",
        Formula = "h(p) - h(d) for d < min(p, 1-p), else 0",
        Regime = "Expected bits per source bit in the limit of long blocks; bits independent with P(1) = p; mean share of wrong bits at most d.",
        AppearsIn = "lossy telemetry, approximate membership filters, sketches",
        MeansForYou = "Tolerating 1 % wrong answers saves 8 % of the bits of a fair source: the first errors pay best.",
        Citation = new Citation("cover2006", "Theorem 10.3.1"),
        Evaluator = arguments =>
        {
            (double p, double d) = (arguments["p"], arguments["d"]);
            return BoundValue.Of(d >= Math.Min(p, 1 - p) ? 0 : RateAt(p, d));
        },
        Examples =
        [
            new(new BoundArguments { ["p"] = 0.5, ["d"] = 0.11 }, 0.5000840, "[cover2006] Theorem 10.3.1: 1 - h(0.11)") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { ["p"] = 0.2, ["d"] = 0.3 }, 0, "[cover2006] Theorem 10.3.1: above min(p, 1-p)"),
        ],
        Attained = new Attainment("say always zero: no bits, a share p wrong", new BoundArguments { ["p"] = 0.25, ["d"] = 0.25 }, () => 0),
    };

    /// <summary>h(p) - h(d): near one half as the difference of what each lacks to one bit, so that rounding lifts no floor.</summary>
    private static double RateAt(double p, double d) => Math.Min(p, d) > 0.375
        ? ShannonEntropy.OneMinusBinary(d) - ShannonEntropy.OneMinusBinary(p)
        : ShannonEntropy.Binary(p) - ShannonEntropy.Binary(d);
}
