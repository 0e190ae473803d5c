using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>What a tolerated squared error saves.</summary>
internal static class GaussianRateDistortion
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.rate-distortion-gaussian",
        Title = "Rate-distortion of a Gaussian source under squared error",
        Side = Side.Floor,
        Unit = Units.BitPerSymbol,
        Parameters = [BoundParameter.Number("variance", "variance of the source"), BoundParameter.Number("d", "tolerated mean squared error")],
        Statement = "Describing independent Gaussian values with mean squared error d takes at least (1/2) log2(variance/d) bits a value.",
        Formula = "max(0, (1/2) log2(variance/d))",
        Regime = "Expected bits per value in the limit of long blocks; independent Gaussian values of the given variance; no other source of that variance needs more.",
        AppearsIn = "time series, sensor values, gradients",
        MeansForYou = "Each further bit per value divides the error by four: ask what precision the reader uses.",
        Citation = new Citation("cover2006", "Theorem 10.3.2"),
        Evaluator = arguments =>
        {
            (double variance, double d) = (arguments["variance"], arguments["d"]);
            return variance <= d ? BoundValue.Of(0)
                : d == 0 || double.IsPositiveInfinity(variance) ? BoundValue.Unlimited
                : BoundValue.Of(0.5 * (Elementary.Log2(variance) - Elementary.Log2(d)));
        },
        Examples =
        [
            new(new BoundArguments { ["variance"] = 1, ["d"] = 0.25 }, 1, "[cover2006] Section 10.3.2: each bit reduces the distortion by a factor of 4"),
            new(new BoundArguments { ["variance"] = 1, ["d"] = 0 }, BoundValue.Unlimited, "[cover2006] Theorem 10.3.2: no finite rate gives zero error"),
        ],
        Attained = new Attainment("say always the mean: no bits, error equal to the variance", new BoundArguments { ["variance"] = 2, ["d"] = 2 }, () => 0),
    };
}
