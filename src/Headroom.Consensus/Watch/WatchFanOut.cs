using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Watch;

/// <summary>A store's server that tells watchers of every change, as etcd and the servers before it do: to all, by interest, as deltas, in batches, over relays.</summary>
public static class WatchFanOut
{
    /// <summary>A run on the simulator, a function of the options, the seed and the faults. Updates are the same for all ways of telling. The store itself does not fail here.</summary>
    public static WatchResult Run(WatchOptions options, Seed seed, FaultPlan? faults = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (faults is { Faults.Count: > 0 } && options.BookmarkNs is null)
        {
            throw new ArgumentException("where members or links fail there must be bookmarks");
        }

        if (faults is not null && faults.Faults.Any(fault => fault.Member == 0 && fault.Kind is FaultKind.Crash or FaultKind.TornCrash or FaultKind.Leave))
        {
            throw new ArgumentException("the store has no disk here, and is not to crash: its torture is where it does");
        }

        var group = new WatchGroup(options, seed);
        var host = new SimulationHost<GroupMember, NoObserver>(Simulation(options, group.Members, seed, faults ?? FaultPlan.None), group.Create, default);
        host.Run(options.DurationNs + options.DrainNs);
        return group.Result();
    }

    private static SimulationOptions Simulation(WatchOptions options, int members, Seed seed, FaultPlan faults) => new()
    {
        Network = new NetworkOptions
        {
            Topology = Topology.Complete(members, options.LinkNs),
            BandwidthBps = options.BandwidthBps,
            Loss = options.Loss,
            Packets = PacketFormat.TcpOverEthernet,
        },
        Seed = seed,
        Faults = faults,
    };
}
