using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Capacity per use under Gaussian noise.</summary>
internal static class GaussianChannel
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.awgn",
        Title = "Capacity of the Gaussian channel per use",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Number("snr", "signal power over noise power, as a plain ratio")],
        Statement = "No code under the power constraint carries more than (1/2) log2(1 + P/N) bits per real use.",
        Formula = "(1/2) log2(1 + snr)",
        Regime = "Reliable bits per real-valued use; average transmit power P, independent Gaussian noise of power N; feedback does not help.",
        AppearsIn = "radio, cable and optical links",
        MeansForYou = "Each further bit per use costs four times the power.",
        Citation = new Citation("cover2006", "Theorem 9.1.1"),
        Evaluator = arguments => double.IsPositiveInfinity(arguments["snr"]) ? BoundValue.Unlimited : BoundValue.Of(0.5 * Elementary.Log1P(arguments["snr"]) / Elementary.Log(2)),
        Examples =
        [
            new(new BoundArguments { ["snr"] = 3 }, 1, "[cover2006] Theorem 9.1.1: (1/2) log2 4"),
            new(new BoundArguments { ["snr"] = 15 }, 2, "[cover2006] Theorem 9.1.1: (1/2) log2 16"),
        ],
    };
}
