using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Information.Bounds;

/// <summary>Capacity of a band-limited channel.</summary>
internal static class ShannonHartley
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.shannon-hartley",
        Title = "Shannon-Hartley",
        Side = Side.Ceiling,
        Unit = Unit.BitPerSecond,
        Parameters = [BoundParameter.Number("bandwidth", "bandwidth in hertz", unit: Unit.PerSecond), BoundParameter.Number("snr", "signal power over noise power in the band, as a plain ratio (30 dB = 1000)")],
        Statement = "A channel of bandwidth W carries at most W log2(1 + P/(N0 W)) bits per second.",
        Formula = "W log2(1 + snr)",
        Regime = "Reliable bits per second in the limit of long codes; bandwidth W, average power, white Gaussian noise in the band; one antenna at each end.",
        AppearsIn = "radio planning, satellite links, DSL, the last mile",
        MeansForYou = "Bandwidth buys rate linearly, power only logarithmically.",
        Citation = new Citation("cover2006", "Section 9.3"),
        Evaluator = arguments =>
        {
            double rate = arguments["bandwidth"] * Elementary.Log1P(arguments["snr"]) / Elementary.Log(2);
            return double.IsPositiveInfinity(rate) ? BoundValue.Unlimited : BoundValue.Of(double.IsNaN(rate) ? 0 : rate);
        },
        Examples =
        [
            new(new BoundArguments { ["bandwidth"] = 3300, ["snr"] = 2000 }, 36000, "[cover2006] Section 9.3: a telephone line of 3300 Hz at 33 dB, about 36,000 bits per second") { RelativeTolerance = 6e-3 },
            new(new BoundArguments { ["bandwidth"] = 1, ["snr"] = 7 }, 3, "[cover2006] Section 9.3: log2 8"),
        ],
    };
}
