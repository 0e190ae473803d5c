using Headroom.Dissemination.EpidemicTrees;
using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>A minimum-latency tree of bounded fan-out, then epidemic repair by digests: see <see cref="EpidemicBroadcastTree"/>.</summary>
public sealed record EpidemicBroadcastTreeStrategy(int Fanout = 3, double GossipProbability = 0.1) : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("epidemic-broadcast-tree", "down a minimum-latency tree, then epidemic repair: digests to random members, pulls by those who miss the payload",
            new StrategyParameter("fan-out", 1, 1000) { Default = 3 }, new StrategyParameter("gossip-probability", 0, 1) { Default = 0.1, IsWhole = false }),
        call => new EpidemicBroadcastTreeStrategy(call.Int(0), call[1]),
        new EpidemicBroadcastTreeStrategy(3, 0.1), new EpidemicBroadcastTreeStrategy(5, 0.05), new EpidemicBroadcastTreeStrategy(5, 0.2));

    public override string Name => $"epidemic-broadcast-tree({Fanout},{Print.Significant(GossipProbability, 9)})";

    public override bool IsPacedByAnswers => true;

    public override Protocol Protocol => ProtocolTable.EpidemicBroadcastTree;

    public override bool IsRooted => true;

    /// <summary>Its children in the round in which it gets the payload, random peers in later ones.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Math.Max(Fanout, EarliestTreeStrategy.Tree(setting, Fanout).WidestFanout());
    }

    public override string? Problem(BroadcastSetting setting) => TooWide("a fan-out", Fanout, setting);

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return EpidemicTreeTheory.Of(metric, setting, () => TreeTheory.For(setting, this, () => EarliestTreeStrategy.Tree(setting, Fanout)), Fanout, GossipProbability);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
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
        return ProcessFamily.Of(
            () => new BroadcastMemory<RepairState>(setting.Members, setting.Remembered), (memory, _) => new EpidemicBroadcastTree(options, memory));
    }
}
