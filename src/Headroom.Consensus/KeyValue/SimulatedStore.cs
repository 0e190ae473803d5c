using Headroom.Consensus.Groups;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.KeyValue;

/// <summary>A replicated store without faults on the simulator: servers 0 to n-1, then clients.</summary>
public static class SimulatedStore
{
    /// <summary>Runs a group and its clients to a moment.</summary>
    /// <returns>The entries that the first server holds for committed, the commands answered, and the simulator's events.</returns>
    public static (long Committed, long Answered, long Events) Run(RaftGroup group, KeyValueClientOptions clients, int count, NetworkOptions network, long durabilityNs, Seed seed, long untilNs)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNotEqual(network.Topology.Members, clients.Servers + count);
        var all = new KeyValueClient[count];
        var first = new RaftServer(group, 0);
        var options = new SimulationOptions { Network = network, Seed = seed, DurabilityNs = durabilityNs };
        var host = new SimulationHost<GroupMember, NoObserver>(options, Create, default);
        host.Run(untilNs);
        return (first.Core!.Committed, all.Sum(client => (long)client.Calls.Count(call => !call.IsPending)), host.EventCount);

        GroupMember Create(int member) => member == 0 ? new GroupMember(first)
            : member < clients.Servers ? new GroupMember(new RaftServer(group, member))
            : new GroupMember(all[member - clients.Servers] = new KeyValueClient(clients, member));
    }
}
