using Headroom.Consensus.Raft;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Torture;

/// <summary>What a seed draws [groce2012]: how the group is set up, how the network behaves, and the faults. Each has a stream of its own.</summary>
public sealed record TortureSetting
{
    private const long HeldBackNsMax = 80_000_000;
    private const long TickNsDrawn = 50_000_000;

    public required RaftOptions Raft { get; init; }

    public required long TickNs { get; init; }

    public required int SnapshotEvery { get; init; }

    public required int Retained { get; init; }

    /// <summary>States are a few hundred bytes: they go in many chunks or few.</summary>
    public required int SnapshotChunkBytes { get; init; }

    public required int SnapshotWindow { get; init; }

    public required long BatchNs { get; init; }

    public required bool Forwards { get; init; }

    /// <summary>An operator changes members and hands leadership over.</summary>
    public required bool HasOperator { get; init; }

    public required long OperatorPeriodNs { get; init; }

    public required long LatencyNs { get; init; }

    public required long JitterNs { get; init; }

    public required double Loss { get; init; }

    public required double Duplication { get; init; }

    public required double Reordering { get; init; }

    public required long DurabilityNs { get; init; }

    public required int Keys { get; init; }

    public required TortureScene Scene { get; init; }

    public required int WanderPercent { get; init; }

    public required FaultPlan Faults { get; init; }

    public long HealNs { get; init; }

    public static TortureSetting Draw(Seed seed, TortureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RandomStream random = seed.Named("setting").Stream();
        RandomStream snapshots = seed.Named("snapshots").Stream();
        TortureScene scene = SceneOf(seed, options);
        RaftOptions raft = DrawRaft(ref random, options, scene);
        bool hasOperator = scene == TortureScene.Split || (random.Bernoulli(0.4) && scene == TortureScene.None);
        long healNs = options.Seconds * 2_000_000_000L / 3;
        return new TortureSetting
        {
            Raft = raft,
            TickNs = TickNsDrawn,
            SnapshotEvery = random.Bernoulli(0.6) ? 5 << random.Below(6) : 0,
            Retained = random.Below(3) * random.Below(20),
            SnapshotChunkBytes = 16 << snapshots.Below(7),
            SnapshotWindow = 1 << snapshots.Below(4),
            BatchNs = random.Bernoulli(0.2) ? 1_000_000 + (long)random.Below(10_000_000UL) : 0,
            Forwards = random.Bernoulli(0.5),
            HasOperator = hasOperator,
            OperatorPeriodNs = 50_000_000L << random.Below(scene == TortureScene.Split ? 4 : 7),
            Scene = scene,
            LatencyNs = 200_000L << random.Below(8),
            JitterNs = random.Bernoulli(0.7) ? 100_000L << random.Below(9) : 0,
            Loss = random.Bernoulli(0.4) ? random.Below(80) / 1000.0 : 0,
            Duplication = random.Bernoulli(0.4) ? random.Below(100) / 1000.0 : 0,
            Reordering = random.Bernoulli(0.4) ? random.Below(200) / 1000.0 : 0,
            DurabilityNs = random.Bernoulli(0.7) ? 50_000L << random.Below(10) : 0,
            Keys = 2 + random.Below(7),
            WanderPercent = 60 * random.Below(2),
            HealNs = healNs,
            Faults = Staged(Plan(seed, options, healNs, hasOperator, raft.Reads), seed, options, scene, healNs, raft.ElectionTicks * TickNsDrawn),
        };
    }

    private static TortureScene SceneOf(Seed seed, TortureOptions options)
    {
        if (options.Mutant == RaftMutant.LeapingClocks)
        {
            // A mutant is sought where it could be found.
            return TortureScene.Split;
        }

        RandomStream random = seed.Named("scene").Stream();
        return random.Below(4) switch { 0 => TortureScene.Duel, 1 => TortureScene.Split, _ => TortureScene.None };
    }

    /// <summary>In a duel there is no lease, as under leases nobody votes soon after a crash; and an entry a message, so that one of an earlier term comes alone.</summary>
    private static RaftOptions DrawRaft(ref RandomStream random, TortureOptions options, TortureScene scene)
    {
        var reads = (ReadMode)random.Below(3);
        reads = options.Mutant == RaftMutant.LeapingClocks ? ReadMode.Lease : scene == TortureScene.Duel && reads == ReadMode.Lease ? ReadMode.Index : reads;
        bool checkQuorum = reads == ReadMode.Lease || random.Bernoulli(0.7);
        (int election, int heartbeat) = (6 + random.Below(8), 1 + random.Below(2));
        bool preVote = random.Bernoulli(0.6);
        int messageBytesMax = 32 << (random.Below(2) * random.Below(8));
        messageBytesMax = scene == TortureScene.Duel ? 1 : messageBytesMax;
        return new RaftOptions
        {
            ElectionTicks = election,
            HeartbeatTicks = heartbeat,
            PreVote = preVote,
            CheckQuorum = checkQuorum,
            Reads = reads,
            MessageBytesMax = messageBytesMax,
            // An entry a message and a message a round trip would take longer to catch up than progress may.
            InflightMax = Math.Max(1 << random.Below(7), 256 / messageBytesMax),
            SendsCommitAtOnce = random.Bernoulli(0.5),
            Mutant = options.Mutant,
        };
    }

    /// <summary>
    /// Churn is left out: a member that loses its records and keeps its number is none that Raft's model knows. Leaping clocks are left out where reads rest on a lease, as
    /// the lease does. Where members change, all must be in the core: any majority may be the one that counts.
    /// </summary>
    private static FaultPlan Plan(Seed seed, TortureOptions options, long healNs, bool hasOperator, ReadMode reads)
    {
        List<string> without = ["churn"];
        if (reads == ReadMode.Lease)
        {
            without.Add("clocks");
        }

        int[] core = hasOperator ? [.. Enumerable.Range(0, options.Members)] : [];
        return TortureFaults.Draw(seed.Named("faults"), options.Members, healNs, without, core);
    }

    /// <summary>The plan with the scene's faults; in three scenes of four with these alone.</summary>
    private static FaultPlan Staged(FaultPlan plan, Seed seed, TortureOptions options, TortureScene scene, long healNs, long electionNs)
    {
        if (scene == TortureScene.None)
        {
            return plan;
        }

        RandomStream random = seed.Named("scene faults").Stream();
        List<Fault> faults = random.Bernoulli(0.75) ? [] : [.. plan.Faults.SkipLast(1)];
        if (options.Mutant == RaftMutant.LeapingClocks)
        {
            TortureFaults.Leap(ref random, options.Members, healNs, faults);
        }

        if (scene == TortureScene.Duel)
        {
            DuelFaults.Draw(ref random, options.Members, healNs, electionNs, faults);
        }
        else
        {
            SplitFaults.Draw(ref random, options.Members, healNs, electionNs, faults);
        }

        return new FaultPlan([.. FaultPlan.InOrder(faults).Faults, plan.Faults[^1]]);
    }

    /// <summary>Messages that are held back come well within the shortest election timeout: without timely messages no leader lasts, and progress is not to be asked for.</summary>
    public NetworkOptions Network(int members) => new()
    {
        Topology = Topology.Complete(members, LatencyNs),
        Jitter = JitterNs > 0 ? new Jitter(JitterShape.Exponential, JitterNs) : Jitter.None,
        Loss = Loss,
        Duplication = Duplication,
        Reordering = Reordering,
        ReorderDelayNs = Reordering > 0 ? Math.Min(20 * LatencyNs, HeldBackNsMax) : 0,
    };

    public override string ToString() =>
        $"reads {Raft.Reads}, pre-vote {Raft.PreVote}, check-quorum {Raft.CheckQuorum}, election {Raft.ElectionTicks} ticks, heartbeat {Raft.HeartbeatTicks}, window {Raft.InflightMax}, "
        + $"message {Raft.MessageBytesMax} B, snapshot every {SnapshotEvery} in chunks of {SnapshotChunkBytes} B, {SnapshotWindow} at a time, batch {BatchNs / 1e6} ms, forwards {Forwards}, operator {HasOperator}, scene {Scene}, latency {LatencyNs / 1e6} ms, "
        + $"jitter {JitterNs / 1e6} ms, loss {Loss}, duplication {Duplication}, reordering {Reordering}, disk {DurabilityNs / 1e6} ms, keys {Keys}";
}
