using Headroom.Dissemination.Memory;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Trees;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Down a fixed tree: on a complete topology the complete k-ary tree, on any other the tree of shortest paths (the arity is then what its links give).</summary>
public sealed record TreeStrategy(int Arity) : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("tree", "down a complete k-ary tree, once along each edge (not on a topology file)", new StrategyParameter("arity", 1, 1000)),
        call => new TreeStrategy(call.Int(0)),
        new TreeStrategy(4));

    public override string Name => $"tree({Arity})";

    public override Protocol Protocol => ProtocolTable.Tree;

    public override bool IsRooted => true;

    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Tree(setting).WidestFanout();
    }

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return TreeTheory.For(setting, this, () => Tree(setting)).Of(metric);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        BroadcastTree tree = Tree(setting);
        return ProcessFamily.Of(
            () => new BroadcastMemory<Nothing>(setting.Members, setting.Remembered), (memory, _) => new TreeProcess(tree, memory));
    }

    public override string? Problem(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return TooWide("an arity", Arity, setting)
            ?? (setting.Network.Topology.IsComplete ? null : $"{Name} links any two members, but a topology was given; 'earliest-tree' follows its links");
    }

    private BroadcastTree Tree(BroadcastSetting setting) => setting.Network.Topology.IsComplete
        ? BroadcastTrees.KAry(setting.Members, setting.Origin, Arity)
        : BroadcastTrees.ShortestPaths(setting.EffectiveNetwork.Topology, setting.Origin, Periods.PayloadNs(setting));
}
