using Headroom.Consensus.Raft;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.TrueTime.Torture;

/// <summary>What a seed draws: how groups, clocks, network and work are, and the faults. Clocks err, drift and are set right within what they state: that is no fault, and stays when faults are replaced.</summary>
internal sealed record TrueTimeTortureSetting
{
    private const long SecondNs = 1_000_000_000;

    public required TortureSetting Network { get; init; }

    public required TrueTimeOptions Commit { get; init; }

    /// <summary>Faults besides those of clocks that keep what they state.</summary>
    public required FaultPlan Faults { get; init; }

    /// <summary>The client that crashes for good, by its number among clients; -1 for none.</summary>
    public required int Dead { get; init; }

    public static TrueTimeTortureSetting Draw(Seed seed, TrueTimeTortureOptions options)
    {
        RandomStream random = seed.Named("transactions").Stream();
        // How the network is, and how a group replicates, is drawn as for a group alone; its faults are not.
        var network = TortureSetting.Draw(seed.Named("network"), new TortureOptions { Members = Math.Max(3, options.Members), Seconds = options.Seconds });
        bool isScene = random.Below(4) == 0;
        if (isScene)
        {
            // A leader that hears nobody stays one.
            network = network with { Raft = network.Raft with { CheckQuorum = false, Reads = ReadMode.Index } };
        }

        int each = Math.Max(1, options.Operations / options.Clients);
        int dead = random.Bernoulli(0.4) ? random.Below(options.Clients) : -1;
        TrueTimeOptions commit = new()
        {
            Groups = options.Groups,
            Replicas = options.Members / options.Groups,
            Regions = 1,
            Clients = options.Clients,
            Transactions = each,
            Keys = Math.Max(options.Groups, 2) * (1 + random.Below(12)),
            // Who never writes goes on with a leader that has been replaced.
            Readers = random.Below(1 + (options.Clients / 2)),
            KeysEach = 2,
            ZipfExponent = random.Below(3) / 2.0,
            SnapshotPercent = 20 + random.Below(50),
            KeysApart = options.Groups > 1 && random.Bernoulli(0.6),
            Conflicts = options.Mutant == CommitMutant.WoundNobody || random.Bernoulli(0.5) ? ConflictRule.WoundWait : ConflictRule.Optimistic,
            Clocks = new ClockSynchronisation
            {
                ResidueNs = random.Bernoulli(0.2) ? 0 : 500_000L << random.Below(12),
                DriftPpmMax = 200 << random.Below(3),
            },
            PeriodNs = ((options.Seconds - 4) * SecondNs) / each,
            BackoffNs = 5_000_000L << random.Below(4),
            RepeatNs = 300_000_000L << random.Below(3),
            AbandonNs = 2 * SecondNs,
            PromiseNs = 200_000_000L << random.Below(5),
            DurabilityNs = network.DurabilityNs,
            UntilNs = options.Seconds * SecondNs,
            Mutant = options.Mutant,
        };
        return new TrueTimeTortureSetting
        {
            Network = network,
            Commit = commit,
            Dead = dead,
            Faults = Plan(seed.Named("faults"), options, commit, dead, isScene, ref random),
        };
    }

    /// <summary>Every group keeps a majority in the core, with all clients but the one that crashes amid whatever it does.</summary>
    private static FaultPlan Plan(Seed seed, TrueTimeTortureOptions options, TrueTimeOptions commit, int dead, bool isScene, ref RandomStream random)
    {
        long healNs = options.Seconds * SecondNs / 2;
        var core = new List<int>();
        int[] order = [.. Enumerable.Range(0, commit.Replicas)];
        for (int group = 0; group < commit.Groups; group++)
        {
            random.Shuffle(order.AsSpan());
            core.AddRange(order.Take((commit.Replicas / 2) + 1).Select(replica => (group * commit.Replicas) + replica));
        }

        FaultPlan plan = TortureFaults.Draw(seed, options.Members, healNs, ["churn", "clocks"], core.ToArray());
        IEnumerable<int> alive = Enumerable.Range(0, options.Clients).Where(client => client != dead).Select(client => options.Members + client);
        List<Fault> faults = isScene ? AloneFaults.Draw(ref random, options.Members, healNs) : [.. plan.Faults.SkipLast(1)];
        if (dead >= 0)
        {
            faults.Add(new Fault(SecondNs + (long)random.Below((ulong)(healNs - (2 * SecondNs))), FaultKind.Crash, options.Members + dead));
        }

        if (options.ClocksLeap)
        {
            // To and fro, farther than any clock here states.
            for (int i = 0; i < 60; i++)
            {
                faults.Add(new Fault((long)random.Below((ulong)healNs), FaultKind.Clock, random.Below(options.Members)) { DelayNs = (long)random.Below(2_000_000_000UL) - SecondNs });
            }
        }

        return new FaultPlan([.. FaultPlan.InOrder(faults).Faults, plan.Faults[^1] with { Sets = new MemberSets([[.. plan.Core, .. alive]]) }]);
    }
}
