using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Replication.Torture;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Chain.Torture;

/// <summary>
/// A chain under faults that a seed draws. The registrar, member n, is cut off and delayed as any other, and never crashes, stops or forgets: that is assumed of it. Clocks do not leap where reads rest on leases. All servers are healed in the
/// end: the last of a chain may be any.
/// </summary>
public sealed class ChainTorture(ChainTortureOptions options) : StoreTorture(options, "chain torture")
{
    public override TortureRoles Roles(ulong seed) => TortureRoles.Of(options.Members, "registrar", options.Clients);

    protected override StoreTrial Draw(Seed seed, ref RandomStream random, long latencyNs, StoreChecks checks)
    {
        ChainOptions group = Group(ref random, latencyNs, checks);
        var servers = new ChainServer[options.Members];
        var registrar = new ChainRegistrar(group);
        return new StoreTrial
        {
            Create = member => member < options.Members ? (IGroupRole)(servers[member] = new ChainServer(group, member)) : registrar,
            Members = options.Members + 1,
            Faults = Faults(seed.Named("faults"), group),
            SettlingNs = (2 * group.SessionNs) + (4 * group.RetryNs),
            Holders = core => registrar.IsLost ? null : [.. registrar.Configuration.Order.Where(core.Contains).Select(server => (server, servers[server].Applied))],
        };
    }

    private ChainOptions Group(ref RandomStream random, long latencyNs, StoreChecks checks)
    {
        var reads = (ChainReads)random.Below(3);
        bool hasLeases = random.Bernoulli(0.5);
        // A mutant is sought where it could be found.
        (reads, hasLeases) = options.Mutant switch
        {
            ChainMutant.ReadUnstable => (ChainReads.Apportioned, hasLeases),
            ChainMutant.TrustFailStop => (reads == ChainReads.Chain ? ChainReads.Tail : reads, true),
            _ => (reads, hasLeases),
        };
        return new ChainOptions
        {
            Servers = options.Members,
            Machine = () => new KeyValueMachine(),
            IsDurable = options.IsDurable,
            Reads = reads,
            HasLeases = hasLeases,
            HeartbeatNs = 50_000_000 << random.Below(2),
            SessionNs = (200_000_000L << random.Below(2)) + (20 * latencyNs),
            RetryNs = 50_000_000 + (4 * latencyNs),
            MessageBytesMax = 32 << (random.Below(2) * random.Below(8)),
            SnapshotEvery = random.Bernoulli(0.6) ? 5 << random.Below(6) : 0,
            Witness = checks,
            Mutant = options.Mutant,
        };
    }

    private FaultPlan Faults(Seed seed, ChainOptions group)
    {
        int members = options.Members + 1;
        int[] core = [.. Enumerable.Range(0, members)];
        List<string> without = ["churn"];
        if (group is { HasLeases: true, Reads: not ChainReads.Chain })
        {
            without.Add("clocks");
        }

        if (group.IsDurable)
        {
            return Spared(TortureFaults.Draw(seed, members, HealNs, without, core).Faults);
        }

        without.AddRange(["crashes", "torn crashes"]);
        FaultPlan others = SwarmFaults.Plan(members, HealNs, seed, without, core);
        var crashes = new List<Fault>();
        RandomStream random = seed.Named("few crashes").Stream();
        for (int i = random.Below(options.Members + 1); i > 0; i--)
        {
            long atNs = SecondNs + (long)random.Below((ulong)(HealNs - (3 * SecondNs)));
            int member = random.Below(options.Members);
            crashes.Add(new Fault(atNs, FaultKind.Crash, member));
            crashes.Add(new Fault(atNs + 1_000_000 + (long)random.Below((ulong)SecondNs), FaultKind.Restart, member));
        }

        return Spared([.. FaultPlan.InOrder([.. others.Faults.Take(others.Faults.Count - 1), .. crashes]).Faults, others.Faults[^1]]);
    }

    /// <summary>Without what would strike the registrar itself; and in the end the clients' links are healed too.</summary>
    private FaultPlan Spared(IReadOnlyList<Fault> faults)
    {
        var everybody = new MemberSets([[.. Enumerable.Range(0, options.Members + 1 + options.Clients)]]);
        IEnumerable<Fault> kept = faults.Where(fault => fault.Member != options.Members || fault.Kind is FaultKind.Cut or FaultKind.Mend or FaultKind.LinkDown or FaultKind.LinkUp);
        return new FaultPlan([.. kept.Select(fault => fault.Kind == FaultKind.HealCore ? fault with { Sets = everybody } : fault)]);
    }
}
