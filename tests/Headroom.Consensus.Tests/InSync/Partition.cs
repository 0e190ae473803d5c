using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync;
using Headroom.Consensus.InSync.Messages;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.InSync;

/// <summary>A partition on a network of one latency, its messages counted by verb. Replicas first, then the registrar, then producers.</summary>
internal sealed class Partition
{
    private readonly SimulationHost<GroupMember, VerbCounter> _host;

    public Partition(InSyncOptions options, string faults, InSyncWitness? witness, params ProducerOptions[] producers)
    {
        Replicas = new InSyncReplica[options.Replicas];
        Registrar = new PartitionRegistrar(options, witness);
        Producers = new InSyncProducer[producers.Length];
        int members = options.Replicas + 1 + producers.Length;
        var simulation = new SimulationOptions
        {
            Network = new NetworkOptions { Topology = Topology.Complete(members, 1_000_000) },
            Seed = new Seed(1).Named("partition"),
            Faults = FaultPlan.Parse(faults, members),
            DurabilityNs = 100_000,
        };
        _host = new SimulationHost<GroupMember, VerbCounter>(simulation, member =>
            member < options.Replicas ? new GroupMember(Replicas[member] = new InSyncReplica(options, member, witness))
            : member == options.Replicas ? new GroupMember(Registrar)
            : new GroupMember(Producers[member - options.Replicas - 1] = new InSyncProducer(producers[member - options.Replicas - 1], member, witness)), new VerbCounter { Counts = new int[256] });
    }

    public InSyncReplica[] Replicas { get; }

    public PartitionRegistrar Registrar { get; }

    public InSyncProducer[] Producers { get; }

    public void Run(double untilMs) => _host.Run((long)(untilMs * 1e6));

    public int Count(InSyncVerb verb) => _host.Observer.Counts[(int)verb];
}
