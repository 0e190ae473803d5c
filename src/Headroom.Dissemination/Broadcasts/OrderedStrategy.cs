using Headroom.Dissemination.Ordering;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Another strategy whose deliveries are put in order, written <c>fifo+push(5)</c> or <c>causal+push(5)</c>: see <see cref="OrderedProcess{TInner}"/>.</summary>
public sealed record OrderedStrategy(BroadcastStrategy Inner, DeliveryOrder Order) : BroadcastStrategy
{
    public static string Prefix(DeliveryOrder order) => order == DeliveryOrder.Fifo ? "fifo+" : "causal+";

    public override string Name => Prefix(Order) + Inner.Name;

    public override Protocol Protocol => Inner.Protocol with
    {
        Name = Prefix(Order) + Inner.Protocol.Name,
        Summary = Inner.Protocol.Summary + (Order == DeliveryOrder.Fifo ? "; each origin's broadcasts delivered in its order" : "; delivered in causal order"),
        Bytes = new Complexity(With(Inner.Protocol.Bytes.Best), With(Inner.Protocol.Bytes.Average), With(Inner.Protocol.Bytes.Worst)),
        Guarantee = Inner.Protocol.Guarantee + "; what does not come within the time that others are held back for it is not delivered",
        Consistency = Order == DeliveryOrder.Fifo ? "each origin's broadcasts in the order in which it made them" : "causal order: after whatever its origin had delivered before it",
        ScaleLimit = Inner.Protocol.ScaleLimit + (Order == DeliveryOrder.Fifo ? "; a number for each origin" : "; heads grow with the origins that broadcast at the same time"),
        Citation = new Citation("birman1991", "the CBCAST protocol"),
    };

    public override bool IsRooted => Inner.IsRooted;

    public override bool IsPacedByAnswers => Inner.IsPacedByAnswers;

    public override int ContactsPerRoundMax(BroadcastSetting setting) => Inner.ContactsPerRoundMax(setting);

    public override string? Problem(BroadcastSetting setting) => Inner.Problem(setting);

    public override long SettlingNs(BroadcastSetting setting) => Inner.SettlingNs(setting);

    public override long? WatchNs(BroadcastSetting setting) => Inner.WatchNs(setting);

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        OrderOptions options = Options(setting);
        options.Validate();
        return ProcessFamily.Around(Inner.Family(setting), new Ordered(setting.Members, options));
    }

    /// <summary>Of one broadcast alone: only its stamps cost anything, bytes and the time to send them.</summary>
    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        CostCases? inner = Inner.Theory(metric, setting);
        int stamp = Stamp.FixedLength + (Order == DeliveryOrder.Causal ? 1 : 0);
        if (metric == BroadcastMetric.Latency && inner is { } latency && setting.EffectiveNetwork.SerialisationNs(stamp) > 0)
        {
            // On no path do more copies wait for each other than there are members, on either line.
            double each = setting.EffectiveNetwork.SerialisationNs(stamp + setting.Network.Packets.HeaderBytes) / 1e9;
            return new CostCases(latency.Best, latency.Average + each, latency.Worst + (2.0 * setting.Members * each));
        }

        if (metric != BroadcastMetric.Bytes || inner is not { } bytes || Inner.Theory(BroadcastMetric.Payloads, setting) is not { } copies)
        {
            return inner;
        }

        // A stamp may push a payload into one packet more: not exact.
        return new CostCases(bytes.Best + (copies.Best * stamp), bytes.Average + (copies.Average * stamp), bytes.Worst + (copies.Worst * (stamp + setting.Network.Packets.HeaderBytes)));
    }

    /// <summary>As a broadcast of the wrapped strategy usually ends within so many link latencies, what is still missing then is held for lost.</summary>
    private OrderOptions Options(BroadcastSetting setting) => new()
    {
        Order = Order,
        HoldNs = 40 * Periods.OneWayNs(setting),
        OriginsMax = Math.Min(setting.Members, 4 * (setting.Remembered + 3)),
        // One more than is remembered: the one that came last was not forgotten yet when it is stamped.
        StampsMax = setting.Remembered + 1,
    };

    private static string With(string bytes) => $"{bytes} and a stamp a payload";
}
