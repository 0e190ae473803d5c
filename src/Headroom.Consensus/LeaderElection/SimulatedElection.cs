using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.LeaderElection;

/// <summary>An election on the simulator.</summary>
internal static class SimulatedElection
{
    public static LeaderElectionOutcome Run<TProcess>(LeaderElectionSetting setting, LinkLoadObserver? load, Func<int, TProcess> create)
        where TProcess : struct, IElectionProcess
    {
        int members = setting.Identifiers.Count;
        var options = new SimulationOptions
        {
            Network = setting.Network is { } network ? network with { Topology = TopologyOf(setting) } : new NetworkOptions { Topology = TopologyOf(setting) },
            Seed = setting.Seed,
            Faults = setting.Faults,
        };
        var host = new SimulationHost<TProcess, ElectionCounter>(options, create, new ElectionCounter(load));
        for (int i = 0; i < setting.Suspicions.Count; i++)
        {
            host.Request(setting.Suspicions[i].TimeNs, setting.Suspicions[i].Member, setting.Suspected ?? -1);
        }

        host.Run(setting.UntilNs);
        long leader = -1;
        int claimants = 0;
        bool isFirst = true;
        for (int member = 0; member < members; member++)
        {
            if (host.IsDown(member))
            {
                continue;
            }

            long known = host.Process(member).Leader;
            leader = isFirst || known == leader ? known : -1;
            isFirst = false;
            claimants += known == setting.Identifiers[member] ? 1 : 0;
        }

        ElectionCounter counter = host.Observer;
        return new LeaderElectionOutcome(leader, claimants, counter.Messages, counter.Announcements, counter.WireBytes, counter.LastNs, (double)counter.LastNs / setting.LatencyNs);
    }

    public static Topology TopologyOf(LeaderElectionSetting setting) => setting.Topology ?? Topology.Complete(setting.Identifiers.Count, setting.LatencyNs);
}
