using Headroom.Dissemination.EpidemicTrees;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>A minimum-latency tree of bounded fan-out, then epidemic repair by digests: see <see cref="EpidemicBroadcastTree"/>.</summary>
public sealed record EpidemicBroadcastTreeStrategy(int Fanout = 3, double GossipProbability = 0.1) : BroadcastStrategy
{
    public override string Name => $"epidemic-broadcast-tree({Fanout},{Print.Significant(GossipProbability, 9)})";

    public override Protocol Protocol => ProtocolTable.EpidemicBroadcastTree;

    /// <summary>Its children in the round in which it gets the payload, random peers in later ones.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Math.Max(Fanout, EarliestTreeStrategy.Tree(setting, Fanout).WidestFanout());
    }

    public override BroadcastPlan Plan(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        long oneWayNs = Periods.OneWayNs(setting);
        var options = new EpidemicBroadcastTreeOptions
        {
            Topology = setting.Network.Topology,
            Tree = EarliestTreeStrategy.Tree(setting, Fanout),
            Fanout = Fanout,
            GossipProbability = GossipProbability,
            PeriodNs = oneWayNs,
            RepairPeriods = EpidemicBroadcastTreeOptions.PeriodsFor(setting.Members, Fanout, GossipProbability),
            // A round trip takes two periods on average; jitter and queues may double it.
            PullTimeoutNs = 4 * oneWayNs,
        };
        options.Validate();
        return (seed, cancellation) => Run(setting, seed, _ => new EpidemicBroadcastTree(options), cancellation);
    }
}
