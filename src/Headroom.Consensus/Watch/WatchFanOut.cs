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
    private const long LookNs = 5_000_000;

    /// <summary>A run on the simulator, a function of the options, the seed and the faults. Updates are the same for all ways of telling. The store itself does not fail here.</summary>
    /// <param name="options">What runs.</param>
    /// <param name="seed">Draws updates, losses and waits.</param>
    /// <param name="faults">Of relays, watchers and links; null for none.</param>
    /// <param name="stops">Ends when every update was made, every fault has struck, and every watcher knows all; bookmarks would go on for as long as it drains.</param>
    public static WatchResult Run(WatchOptions options, Seed seed, FaultPlan? faults = null, bool stops = false)
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

        SimulationHost<GroupMember, NoObserver>? host = null;
        // Where nothing can fail, nothing is held against anything but the end.
        var group = new WatchGroup(options, seed, options.BookmarkNs is null ? null : () => host!.NowNs);
        host = new SimulationHost<GroupMember, NoObserver>(Simulation(options, group.Members, seed, faults ?? FaultPlan.None), group.Create, default);
        long endNs = options.DurationNs + options.DrainNs;
        if (stops)
        {
            long atNs = Math.Max(options.DurationNs, faults is { Faults.Count: > 0 } ? faults.Faults[^1].TimeNs : 0);
            for (host.Run(atNs); !group.IsComplete && atNs < endNs; atNs += LookNs)
            {
                host.Run(atNs + LookNs);
            }
        }
        else
        {
            host.Run(endNs);
        }

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
