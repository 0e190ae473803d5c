using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Groups;

/// <summary>One round of a run on the simulator: the same processes, the same work, nobody killed.</summary>
public static class SimulatedGroup
{
    /// <summary>One way over a loopback interface, about: counts hardly depend on it.</summary>
    public const long LatencyNs = 50_000;

    /// <summary>A flush, about.</summary>
    public const long DurabilityNs = 200_000;

    /// <summary>Until then the servers are by themselves, and find a leader if they want one.</summary>
    private const long SettlingNs = 5_000_000_000;

    private const long StepNs = 20_000_000;
    private const long LastNs = 3_600_000_000_000;

    /// <summary>What was sent, and the operations that were answered.</summary>
    public static (WireCounts Sent, long Answered) Run(GroupLabOptions options, Seed seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        int servers = options.Protocol.Servers;
        GroupClients clients = options.Protocol.Clients(servers, options.Clients, options.OperationsEach, onlyRead: false);
        var simulation = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(servers + options.Clients, LatencyNs), Packets = GroupHost.PacketsOf(options.Transport) },
            Seed = seed,
            DurabilityNs = options.Folder is null ? 0 : DurabilityNs,
            Cancellation = cancellation,
        };
        var host = new SimulationHost<GroupMember, LinkLoadObserver>(
            simulation, member => member < servers ? options.Protocol.Server(member) : new GroupMember(new LateRole(clients.Members[member - servers])), new LinkLoadObserver());
        host.Run(SettlingNs - 1);
        host.Observer = new LinkLoadObserver();
        for (long untilNs = SettlingNs; !clients.AreDone && untilNs < LastNs; untilNs += StepNs)
        {
            host.Run(untilNs);
        }

        IReadOnlyList<LinkLoad> links = host.Observer.Top(host.Observer.LinkCount);
        return (new WireCounts(links.Sum(link => link.Messages), links.Sum(link => link.WireBytes)), clients.Calls.LongCount());
    }

    /// <summary>A member that starts when the servers have settled.</summary>
    private sealed class LateRole(GroupMember member) : IGroupRole
    {
        private const int Timer = GroupMember.TimersMax - 1;

        private bool _hasStarted;

        public void On(in ProcessInput input, ref Turn turn)
        {
            if (input.Kind == InputKind.Start)
            {
                turn.SetTimer(Timer, SettlingNs);
            }
            else if (!_hasStarted && input.Kind == InputKind.Timer && input.Number == Timer)
            {
                _hasStarted = true;
                member.On(new ProcessInput { Kind = InputKind.Start }, ref turn);
            }
            else
            {
                member.On(input, ref turn);
            }
        }
    }
}
