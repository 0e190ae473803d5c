using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>What is known from below of the capacity of a channel that drops bits without a trace.</summary>
internal static class DeletionChannelAchievable
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.deletion-channel-floor",
        Title = "Capacity of the deletion channel, from below",
        Side = Side.Floor,
        Unit = Units.BitPerUse,
        Parameters = [BoundParameter.Probability("d", "probability that a bit is deleted")],
        Statement = "The capacity is at least (1-d)/9 for every d.",
        Formula = "(1 - d)/9",
        Regime = "The best code's reliable bits per bit sent, in the limit of long blocks; each bit deleted independently with probability d, the receiver "
            + "not told where. A floor under the best code, not under yours.",
        AppearsIn = "synchronisation errors: clock drift, dropped samples, reads of DNA storage",
        MeansForYou = "A constant share of an erasure channel's rate survives even when nearly everything is lost.",
        Citation = new Citation("mitzenmacher2009", "the lower bound (1-d)/9"),
        Evaluator = arguments => BoundValue.Of((1 - arguments["d"]) / 9),
        Examples =
        [
            new(new BoundArguments { ["d"] = 0.1 }, 0.1, "[mitzenmacher2009]: (1-d)/9 at d = 0.1"),
        ],
    };
}
