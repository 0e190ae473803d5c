using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Trees;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Down a fixed tree: on a complete topology the complete k-ary tree, on any other the tree of shortest paths (the arity is then what its links give).</summary>
public sealed record TreeStrategy(int Arity) : BroadcastStrategy
{
    public override string Name => $"tree({Arity})";

    public override Protocol Protocol => ProtocolTable.Tree;

    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Tree(setting).WidestFanout();
    }

    public override BroadcastPlan Plan(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        setting.Validate();
        BroadcastTree tree = Tree(setting);
        return (seed, cancellation) => Run(setting, seed, _ => new TreeProcess(tree), cancellation);
    }

    private BroadcastTree Tree(BroadcastSetting setting) => setting.Network.Topology.IsComplete
        ? BroadcastTrees.KAry(setting.Members, setting.Origin, Arity)
        : BroadcastTrees.ShortestPaths(setting.EffectiveNetwork.Topology, setting.Origin, Periods.PayloadNs(setting));
}
