using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Paxos.Torture;

/// <summary>
/// A Multi-Paxos group under faults that a seed draws. Servers crash, keep what was durable and come back; who loses durable records and keeps its number is none that Paxos knows. Clocks do not leap where reads rest on a
/// lease. The healed core is large enough for both quorums; where leaders are not defended, or do not step down, it is everybody: others may stay slow, and disturb.
/// </summary>
public sealed class PaxosTorture(PaxosTortureOptions options) : StoreTorture(options, "paxos torture")
{
    public override TortureRoles Roles(ulong seed) => TortureRoles.Of(options.Members, single: null, options.Clients);

    protected override StoreTrial Draw(Seed seed, ref RandomStream random, long latencyNs, StoreChecks checks)
    {
        PaxosOptions group = Group(ref random, latencyNs, checks);
        string[] without = group.Reads == PaxosReads.Lease ? ["churn", "clocks"] : ["churn"];
        int[] core = [.. Enumerable.Range(0, options.Members)];
        random.Shuffle(core.AsSpan());
        core = group is { DefendsLeader: true, StepsDown: true } ? core[..Math.Min(options.Members, Math.Max(group.Promising, group.Accepting))] : core;
        FaultPlan faults = TortureFaults.Draw(seed.Named("faults"), options.Members, HealNs, without, core);
        RandomStream bridge = seed.Named("bridge").Stream();
        if (options.Members > 2 && bridge.Bernoulli(0.25))
        {
            faults = BridgeFaults.AddTo(faults, ref bridge, options.Members, HealNs);
        }

        var servers = new PaxosServer[options.Members];
        return new StoreTrial
        {
            Create = member => servers[member] = new PaxosServer(group, member),
            Members = options.Members,
            Faults = faults,
            SettlingNs = (2 * group.ElectionNs) + group.RetryNs,
            Holders = core => [.. core.Where(member => member < options.Members).Select(member => (member, servers[member].Committed))],
        };
    }

    /// <summary>Half the seeds have majorities, the others any two quorums that meet.</summary>
    private PaxosOptions Group(ref RandomStream random, long latencyNs, StoreChecks checks)
    {
        int n = options.Members;
        int accepting = random.Bernoulli(0.5) ? (n / 2) + 1 : 1 + random.Below(n);
        int promising = accepting == (n / 2) + 1 ? accepting : n + 1 - accepting;
        var reads = (PaxosReads)random.Below(3);
        bool defends = random.Bernoulli(0.5) || reads == PaxosReads.Lease;
        bool stepsDown = random.Bernoulli(0.5);
        // A mutant is sought where it could be found.
        switch (options.Mutant)
        {
            case PaxosMutant.SmallQuorums:
                (promising, accepting) = (n / 2, n - (n / 2));
                break;
            case PaxosMutant.StaleLease:
                (reads, defends, stepsDown) = (PaxosReads.Lease, true, false);
                break;
            case PaxosMutant.ReadWithoutRound:
                reads = PaxosReads.Round;
                break;
            case PaxosMutant.ForgetPromise:
                (reads, defends, stepsDown) = (PaxosReads.Log, false, false);
                break;
            default:
                break;
        }

        return new PaxosOptions
        {
            Servers = n,
            Phase1Quorum = promising,
            Phase2Quorum = accepting,
            Machine = () => new KeyValueMachine(),
            HeartbeatNs = 50_000_000 << random.Below(2),
            ElectionNs = 200_000_000 + (50_000_000L * random.Below(7)),
            DefendsLeader = defends,
            StepsDown = stepsDown,
            RetryNs = 50_000_000 + (4 * latencyNs),
            Window = 1 << random.Below(7),
            MessageBytesMax = 32 << (random.Below(2) * random.Below(8)),
            Reads = reads,
            SnapshotEvery = random.Bernoulli(0.6) ? 5 << random.Below(6) : 0,
            Retained = random.Below(3) * random.Below(20),
            Witness = checks,
            Mutant = options.Mutant,
        };
    }
}
