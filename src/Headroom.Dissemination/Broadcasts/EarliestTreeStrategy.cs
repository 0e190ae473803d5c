using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Trees;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Down the tree that informs everybody earliest; on a complete topology no tree without a fault is faster [karp1993].</summary>
public sealed record EarliestTreeStrategy : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("earliest-tree", "down the tree that informs everybody earliest; on a topology the tree of shortest paths"),
        _ => new EarliestTreeStrategy(), new EarliestTreeStrategy());

    public override string Name => "earliest-tree";

    public override Protocol Protocol => ProtocolTable.Tree;

    public override bool IsRooted => true;

    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Tree(setting, int.MaxValue).WidestFanout();
    }

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return TreeTheory.For(setting, this, () => Tree(setting, int.MaxValue)).Of(metric);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        BroadcastTree tree = Tree(setting, int.MaxValue);
        return ProcessFamily.Of(
            () => new BroadcastMemory<Nothing>(setting.Members, setting.Remembered), (memory, _) => new TreeProcess(tree, memory));
    }

    /// <summary>The tree of minimum latency for a setting: within a fan-out where everybody reaches everybody, of shortest paths elsewhere.</summary>
    internal static BroadcastTree Tree(BroadcastSetting setting, int fanoutMax)
    {
        long sendNs = Periods.PayloadNs(setting);
        return setting.Network.Topology.IsComplete
            ? BroadcastTrees.Earliest(setting.Members, setting.Origin, Periods.LatencyNs(setting), sendNs, fanoutMax)
            : BroadcastTrees.ShortestPaths(setting.EffectiveNetwork.Topology, setting.Origin, sendNs);
    }
}
