using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>Capacity of a channel in which only ones are lost.</summary>
internal static class ZChannel
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.z-channel",
        Title = "Capacity of the Z channel",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Probability("q", "probability that a one arrives as a zero")],
        Statement = "No code carries more than log2(1 + (1-q) q^(q/(1-q))) bits per use.",
        Formula = "log2(1 + (1-q) q^(q/(1-q))); 0 at q = 1",
        Regime = "Reliable bits per use in the limit of long blocks; zeros arrive unharmed, each one turns into a zero independently with probability q.",
        AppearsIn = "optical links and write-once cells, where noise acts one way",
        MeansForYou = "One-sided noise costs less than symmetric noise of the same strength, if ones are used less often than zeros.",
        Citation = new Citation("cover2006", "Problem 7.8"),
        Evaluator = arguments =>
        {
            double q = arguments["q"];
            return BoundValue.Of(q == 1 ? 0 : Elementary.Log1P((1 - q) * Elementary.Pow(q, q / (1 - q))) / Elementary.Log(2));
        },
        Examples =
        [
            new(new BoundArguments { ["q"] = 0.5 }, 0.3219281, "[cover2006] Problem 7.8: log2 1.25") { RelativeTolerance = 2e-7 },
            new(new BoundArguments { ["q"] = 0.1 }, 0.7628483, "tabulated to seven digits") { RelativeTolerance = 2e-7 },
        ],
        Attained = new Attainment("no losses: every use carries its bit", new BoundArguments { ["q"] = 0 }, () => 1),
    };
}
