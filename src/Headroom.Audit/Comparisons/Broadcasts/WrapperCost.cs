using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>What wrapping a strategy costs: an order of delivery or a batching against the same strategy without it.</summary>
internal static class WrapperCost
{
    /// <summary>Null for a strategy that wraps none.</summary>
    public static BroadcastStrategy? InnerOf(BroadcastStrategy strategy) => strategy switch
    {
        OrderedStrategy ordered => ordered.Inner,
        BatchedStrategy batched => batched.Inner,
        _ => null,
    };

    /// <summary>Both measured on the same network.</summary>
    public static string Words(BroadcastStrategy wrapped, (double Bytes, double Messages, double Seconds) cost, (double Bytes, double Messages, double Seconds) inner)
    {
        string time = double.IsFinite(cost.Seconds) && double.IsFinite(inner.Seconds)
            ? $"{Signed(cost.Seconds - inner.Seconds, s => new Quantity(s, Unit.Second).ToHumanString())} of time"
            : "time not compared, for some run never ends";
        return $"{wrapped} against {InnerOf(wrapped)}, each broadcast: {Signed(cost.Bytes - inner.Bytes, b => new Quantity(b, Unit.Byte).ToHumanString())} of bytes ({Percent(cost.Bytes, inner.Bytes)}), "
            + $"{Signed(cost.Messages - inner.Messages, m => Print.Significant(m, 4))} messages ({Percent(cost.Messages, inner.Messages)}), {time}. {Meaning(wrapped)}.";
    }

    /// <summary>What one broadcast alone does not show.</summary>
    private static string Meaning(BroadcastStrategy wrapped) => wrapped is OrderedStrategy
        ? $"What it buys: {wrapped.Protocol.Consistency}. One broadcast waits for no other; where several overlap, deliveries wait for those before them"
        : "One broadcast has little to share; where many overlap, their messages share packets (compare --rate)";

    private static string Signed(double value, Func<double, string> show) => (value < 0 ? "-" : "+") + show(Math.Abs(value));

    private static string Percent(double value, double of) => of > 0 ? $"{(value < of ? "-" : "+")}{Print.Significant(100 * Math.Abs((value / of) - 1), 3)} %" : "from none";
}
