using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Watch;

/// <summary>A store's server that tells watchers of every change, as etcd and the servers before it do: to all, by interest, as deltas, in batches, over relays.</summary>
public static class WatchFanOut
{
    /// <summary>A run on the simulator, a function of the options and the seed. Updates are the same for all ways of telling.</summary>
    public static WatchResult Run(WatchOptions options, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        var group = new WatchGroup(options, seed);
        var host = new SimulationHost<GroupMember, NoObserver>(Simulation(options, group.Members, seed), group.Create, default);
        host.Run(options.DurationNs + options.DrainNs);
        return group.Result();
    }

    private static SimulationOptions Simulation(WatchOptions options, int members, Seed seed) => new()
    {
        Network = new NetworkOptions
        {
            Topology = Topology.Complete(members, options.LinkNs),
            BandwidthBps = options.BandwidthBps,
            Loss = options.Loss,
            Packets = PacketFormat.TcpOverEthernet,
        },
        Seed = seed,
    };
}
