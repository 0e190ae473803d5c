using Headroom.Consensus.Groups;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.InSync.Torture;

/// <summary>
/// One run of a partition under faults that a seed draws, watched by every check. The registrar, member n, is cut off and delayed as any other, and never crashes, stops or forgets: that is
/// assumed of it. Producers follow, behind the same network.
/// </summary>
public sealed class InSyncTorture(InSyncTortureOptions options) : ITorture<InSyncTortureResult>
{
    private const long SecondNs = 1_000_000_000;

    public InSyncTortureOptions Options => options;

    public long EndNs => options.Seconds * SecondNs;

    public static Seed SeedOf(ulong number) => new Seed(number).Named("in-sync torture");

    public TortureRoles Roles(ulong seed) => TortureRoles.Of(options.Replicas, "registrar", options.Producers, "producer");

    public InSyncTortureResult Run(ulong seed, FaultPlan? faults = null) => Run<NoObserver>(seed, faults, default, EndNs).Result;

    public SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs) => Run(seed, faults, new SpaceTimeRecorder(fromNs, skipsEarlier: true), untilNs).Observer.Log;

    private (InSyncTortureResult Result, TObserver Observer) Run<TObserver>(ulong number, FaultPlan? others, TObserver observer, long endNs)
        where TObserver : struct, IObserver
    {
        options.Validate();
        Seed seed = SeedOf(number);
        RandomStream random = seed.Named("setting").Stream();
        long latencyNs = 200_000L << random.Below(7);
        InSyncOptions partition = Partition(ref random, latencyNs);
        ProducerOptions producing = Producing(ref random);
        FaultPlan faults = others ?? Faults(seed.Named("faults"), partition);
        var checks = new InSyncChecks(partition);
        var replicas = new InSyncReplica[options.Replicas];
        var producers = new InSyncProducer[options.Producers];
        var registrar = new PartitionRegistrar(partition, checks);
        int clients = options.Replicas + 1;
        var simulation = new SimulationOptions
        {
            Network = Network(ref random, latencyNs, clients + options.Producers),
            Seed = seed.Named("run"),
            Faults = faults,
            DurabilityNs = 50_000L << random.Below(8),
            EventsMax = 20_000_000,
        };
        var host = new SimulationHost<GroupMember, TObserver>(simulation, Create, observer);
        host.Run(endNs);
        PartitionLog? leader = registrar.State.Leader >= 0 && replicas[registrar.State.Leader].IsLeader ? replicas[registrar.State.Leader].Log : null;
        int waiting = producers.Sum(producer => producing.Records - producer.Acknowledged - producer.GivenUp);
        // Nothing must come to an end where nothing is healed.
        if (faults.HealedAtNs is not null || (leader is not null && waiting == 0))
        {
            checks.Finish(leader, options.IsIdempotent, waiting, endNs);
        }

        var result = new InSyncTortureResult
        {
            Seed = number,
            Violations = checks.Violations,
            Faults = faults,
            Acknowledged = producers.Sum(producer => producer.Acknowledged),
            Lost = leader is null ? 0 : checks.Lost(leader),
            Repeated = leader is null ? 0 : InSyncChecks.Repeated(leader),
            UncleanElections = registrar.UncleanElections,
            LostAllCopies = checks.LostAllCopies,
            Decisions = checks.Decisions,
            Restarts = checks.Restarts,
            Events = host.EventCount,
            Digest = DigestOf(replicas, producers, host.EventCount),
        };
        return (result, host.Observer);

        GroupMember Create(int member) =>
            member < options.Replicas ? new GroupMember(replicas[member] = new InSyncReplica(partition, member, checks))
            : member == options.Replicas ? new GroupMember(registrar)
            : new GroupMember(producers[member - clients] = new InSyncProducer(producing, member, checks));
    }

    /// <summary>Times are shorter than Kafka's, so that half a minute holds many elections; a message that others overtake (by 8 latencies) and its answer fit into each of them.</summary>
    private InSyncOptions Partition(ref RandomStream random, long latencyNs) => new()
    {
        Replicas = options.Replicas,
        MinInSync = 1 + random.Below(options.Replicas),
        LagNs = (250_000_000L << random.Below(4)) + (80 * latencyNs),
        FetchWaitNs = 25_000_000L << random.Below(4),
        FetchBytesMax = 1024 << random.Below(3),
        RetryNs = 200_000_000 + (40 * latencyNs),
        Flush = options.Flush,
        WritebackNs = 100_000_000L << random.Below(5),
        HeartbeatNs = 150_000_000,
        SessionNs = (400_000_000L << random.Below(3)) + (80 * latencyNs),
        AllowsUnclean = options.AllowsUnclean,
        Mutant = options.Mutant,
    };

    /// <summary>The last records come when all is healed.</summary>
    private ProducerOptions Producing(ref RandomStream random) => new()
    {
        Replicas = options.Replicas,
        Records = options.Records / options.Producers,
        StartNs = SecondNs,
        PeriodNs = options.Seconds * SecondNs * 2 / 3 / (options.Records / options.Producers),
        RecordBytes = 20 << random.Below(3),
        IsIdempotent = options.IsIdempotent,
        LingerNs = random.Bernoulli(0.5) ? 1_000_000L << random.Below(7) : 0,
        BatchBytes = 1024 << random.Below(3),
        TimeoutNs = 500_000_000L << random.Below(2),
        DeliveryNs = 6 * SecondNs,
    };

    private static NetworkOptions Network(ref RandomStream random, long latencyNs, int members)
    {
        double reordering = random.Bernoulli(0.4) ? random.Below(200) / 1000.0 : 0;
        return new NetworkOptions
        {
            Topology = Topology.Complete(members, latencyNs),
            Jitter = random.Bernoulli(0.7) ? new Jitter(JitterShape.Exponential, 100_000L << random.Below(7)) : Jitter.None,
            Loss = random.Bernoulli(0.4) ? random.Below(50) / 1000.0 : 0,
            Duplication = random.Bernoulli(0.4) ? random.Below(100) / 1000.0 : 0,
            Reordering = reordering,
            ReorderDelayNs = reordering > 0 ? 8 * latencyNs : 0,
        };
    }

    private FaultPlan Faults(Seed seed, InSyncOptions partition)
    {
        int members = options.Replicas + 1;
        long healNs = options.Seconds * SecondNs / 2;
        int[] core = [.. Enumerable.Range(0, members)];
        if (options.Flush == FlushPolicy.Each)
        {
            return Spared(TortureFaults.Draw(seed, members, healNs, ["churn"], core).Faults);
        }

        var faults = new List<Fault>();
        RandomStream random = seed.Named("few crashes").Stream();
        for (int i = 1; i < partition.MinInSync; i++)
        {
            long atNs = SecondNs + (long)random.Below((ulong)(healNs - (2 * SecondNs)));
            int member = random.Below(options.Replicas);
            faults.Add(new Fault(atNs, FaultKind.Crash, member));
            faults.Add(new Fault(atNs + 1_000_000 + (long)random.Below((ulong)SecondNs), FaultKind.Restart, member));
        }

        FaultPlan others = SwarmFaults.Plan(members, healNs, seed, ["churn", "crashes"], core);
        return Spared([.. FaultPlan.InOrder([.. others.Faults.Take(others.Faults.Count - 1), .. faults]).Faults, others.Faults[^1]]);
    }

    /// <summary>Without what would strike the registrar itself; and in the end the producers' links are healed too.</summary>
    private FaultPlan Spared(IReadOnlyList<Fault> faults)
    {
        var everybody = new MemberSets([[.. Enumerable.Range(0, options.Replicas + 1 + options.Producers)]]);
        IEnumerable<Fault> kept = faults.Where(fault => fault.Member != options.Replicas || fault.Kind is FaultKind.Cut or FaultKind.Mend or FaultKind.LinkDown or FaultKind.LinkUp);
        return new FaultPlan([.. kept.Select(fault => fault.Kind == FaultKind.HealCore ? fault with { Sets = everybody } : fault)]);
    }

    private static ulong DigestOf(InSyncReplica[] replicas, InSyncProducer[] producers, long events)
    {
        var digest = new RunDigest((ulong)events);
        foreach (InSyncReplica replica in replicas)
        {
            for (int i = 0; i < replica.Log.Count; i++)
            {
                digest.Add(replica.Log[i].Digest());
            }

            digest.Add((ulong)replica.Watermark);
        }

        foreach (InSyncProducer producer in producers)
        {
            digest.Add((ulong)producer.Sent);
            digest.Add((ulong)producer.AcknowledgedNs);
        }

        return digest.Value;
    }
}
