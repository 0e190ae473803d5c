using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Paxos;
using Headroom.Consensus.Tests.InSync;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.Paxos;

/// <summary>A group and its clients on links of 1 ms and disks of 0.1 ms. The first server stands for election first: the others hear of it before their time.</summary>
internal sealed class PaxosGroup
{
    public const long LatencyNs = 1_000_000;
    public const long StartNs = 3_000_000_000;

    private readonly PaxosServer[] _servers;
    private readonly KeyValueClient[] _clients;
    private readonly SimulationHost<GroupMember, VerbCounter> _host;

    public PaxosGroup(PaxosOptions options, int operations, int getsPercent, string faults = "", int clients = 1, long periodNs = 20_000_000)
    {
        _servers = new PaxosServer[options.Servers];
        _clients = new KeyValueClient[clients];
        var working = new KeyValueClientOptions
        {
            Servers = options.Servers,
            Operations = operations,
            Keys = 2,
            StartNs = StartNs,
            PeriodNs = periodNs,
            TimeoutNs = 500_000_000,
            GetsPercent = getsPercent,
            PutsPercent = 100 - getsPercent,
            AppendsPercent = 0,
        };
        var simulation = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(options.Servers + clients, LatencyNs) },
            Seed = new Seed(3),
            DurabilityNs = 100_000,
            Faults = FaultPlan.Parse(faults, options.Servers),
        };
        _host = new SimulationHost<GroupMember, VerbCounter>(simulation, member => new GroupMember(member < options.Servers
            ? _servers[member] = new PaxosServer(options, member)
            : _clients[member - options.Servers] = new KeyValueClient(working, member)), new VerbCounter { Counts = new int[256] });
    }

    public IReadOnlyList<PaxosServer> Servers => _servers;

    public IReadOnlyList<ClientCall> Calls => [.. _clients.SelectMany(client => client.Calls)];

    public int Answered => Calls.Count(call => !call.IsPending);

    public PaxosServer? Leader => Array.Find(_servers, server => server.Role == PaxosRole.Leading);

    public int Sent(PaxosVerb verb) => _host.Observer.Counts[(int)verb];

    /// <summary>Messages among servers, heartbeats and their answers apart.</summary>
    public int SentAmongServers => _host.Observer.Counts.Take(32).Sum() - Sent(PaxosVerb.Heartbeat) - Sent(PaxosVerb.HeartbeatAnswer);

    public PaxosGroup Run(long untilNs)
    {
        _host.Run(untilNs);
        return this;
    }

    public static PaxosOptions Options(int servers) => new() { Servers = servers, Machine = () => new KeyValueMachine() };
}
