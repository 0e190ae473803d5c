using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>What is known from above of the capacity of a channel that drops bits without a trace.</summary>
internal static class DeletionChannel
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.deletion-channel",
        Title = "Capacity of the deletion channel, from above",
        Side = Side.Ceiling,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Probability("d", "probability that a bit is deleted")],
        Statement = "The capacity is at most (1-d) log2 phi for d >= 1/2, phi the golden ratio, and at most 1 - d for every d.",
        Formula = "d < 1/2: 1 - d; d >= 1/2: (1-d) log2((1 + sqrt 5)/2)",
        Regime = "Reliable bits per bit sent in the limit of long blocks; each bit deleted independently with probability d, the receiver not told where. "
            + "Below one half the ceiling is that of a receiver told by a genie where.",
        AppearsIn = "synchronisation errors: clock drift, dropped samples, reads of DNA storage",
        MeansForYou = "Losing the position costs at least 30 % of the rate at heavy loss: number your packets.",
        Citation = new Citation("cheraghchi2019", "first result of the abstract"),
        Evaluator = arguments =>
        {
            double d = arguments["d"];
            return BoundValue.Of(d < 0.5 ? 1 - d : (1 - d) * Elementary.Log2((1 + Math.Sqrt(5)) / 2));
        },
        Examples =
        [
            new(new BoundArguments { ["d"] = 0.5 }, 0.3471209568, "[cheraghchi2019]: half of log2 phi = 0.6942419136") { RelativeTolerance = 1e-9 },
            new(new BoundArguments { ["d"] = 1 }, 0, "[cheraghchi2019]: nothing arrives"),
        ],
        Attained = new Attainment("no deletions: every bit arrives", new BoundArguments { ["d"] = 0 }, () => 1),
    };
}
