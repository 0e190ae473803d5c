using Headroom.Consensus.Chain;
using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Tests.InSync;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.Chain;

/// <summary>A chain, its registrar and its clients on links of 1 ms and disks of 0.1 ms.</summary>
internal sealed class ChainGroup
{
    public const long LatencyNs = 1_000_000;
    public const long StartNs = 1_000_000_000;

    private readonly ChainServer[] _servers;
    private readonly KeyValueClient[] _clients;
    private readonly SimulationHost<GroupMember, VerbCounter> _host;

    public ChainGroup(ChainOptions options, int operations, int getsPercent, string faults = "", int clients = 1, int firstServer = 0)
    {
        _servers = new ChainServer[options.Servers];
        _clients = new KeyValueClient[clients];
        Registrar = new ChainRegistrar(options);
        var working = new KeyValueClientOptions
        {
            Servers = options.Servers,
            FirstServer = firstServer,
            Operations = operations,
            Keys = 2,
            StartNs = StartNs,
            PeriodNs = 20_000_000,
            TimeoutNs = 500_000_000,
            GetsPercent = getsPercent,
            PutsPercent = 100 - getsPercent,
            AppendsPercent = 0,
        };
        var simulation = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(options.Servers + 1 + clients, LatencyNs) },
            Seed = new Seed(3),
            DurabilityNs = 100_000,
            Faults = FaultPlan.Parse(faults, options.Servers + 1),
        };
        int before = options.Servers + 1;
        _host = new SimulationHost<GroupMember, VerbCounter>(simulation, member => new GroupMember(member < options.Servers ? _servers[member] = new ChainServer(options, member)
            : member < before ? Registrar
            : _clients[member - before] = new KeyValueClient(working, member)), new VerbCounter { Counts = new int[256] });
    }

    public ChainRegistrar Registrar { get; }

    public IReadOnlyList<ChainServer> Servers => _servers;

    public IReadOnlyList<ClientCall> Calls => [.. _clients.SelectMany(client => client.Calls)];

    public int Answered => Calls.Count(call => !call.IsPending);

    public int Sent(ChainVerb verb) => _host.Observer.Counts[(int)verb];

    public ChainGroup Run(long untilNs)
    {
        _host.Run(untilNs);
        return this;
    }

    public static ChainOptions Options(int servers) => new() { Servers = servers, Machine = () => new KeyValueMachine() };
}
