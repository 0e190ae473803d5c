using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Raft.Hosting;
using Headroom.Consensus.Raft.Membership;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.Torture;

/// <summary>
/// One run of a replicated store under faults that a seed draws, watched by every check. Members 0 to n-1 are servers; clients, and perhaps an operator, follow and are
/// reached through the same network, but never partitioned or crashed.
/// </summary>
public sealed class RaftTorture(TortureOptions options) : ITorture<TortureResult>
{
    private const long ClientTimeoutNs = 700_000_000;

    private readonly HistoryJudge _judge = new();

    public TortureOptions Options => options;

    public long EndNs => options.Seconds * 1_000_000_000L;

    public static Seed SeedOf(ulong number) => new Seed(number).Named("torture");

    /// <summary>What the seed draws.</summary>
    public TortureSetting Setting(ulong seed) => TortureSetting.Draw(SeedOf(seed), options);

    public TortureRoles Roles(ulong seed)
    {
        var roles = TortureRoles.Of(options.Members, single: null, options.Clients);
        return Setting(seed).HasOperator ? roles with { Names = [.. roles.Names, "operator"] } : roles;
    }

    public TortureResult Run(ulong seed, FaultPlan? faults = null) => Run<NoObserver>(seed, faults, default, EndNs).Result;

    public SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs) => Run(seed, faults, new SpaceTimeRecorder(fromNs, skipsEarlier: true), untilNs).Observer.Log;

    private (TortureResult Result, TObserver Observer) Run<TObserver>(ulong seed, FaultPlan? faults, TObserver observer, long endNs)
        where TObserver : struct, IObserver
    {
        options.Validate();
        TortureSetting setting = Setting(seed);
        FaultPlan plan = faults ?? setting.Faults;
        var panel = new WitnessPanel(TortureChecks.Fresh(_judge));
        RaftGroup group = Group(setting, panel);
        KeyValueClientOptions clientOptions = ClientOptions(setting);
        var servers = new RaftServer[options.Members];
        var clients = new KeyValueClient[options.Clients];
        int members = options.Members + options.Clients + (setting.HasOperator ? 1 : 0);
        var simulation = new SimulationOptions
        {
            Network = setting.Network(members),
            Seed = SeedOf(seed).Named("run"),
            Faults = plan,
            DurabilityNs = setting.DurabilityNs,
            EventsMax = EventsMax(),
        };
        var host = new SimulationHost<GroupMember, TObserver>(simulation, Create, observer);
        host.Run(endNs);
        var run = new TortureRun
        {
            Clients = clients,
            Core = [.. plan.Core.Where(member => servers[member].Core is not null).Select(member => servers[member].Core!)],
            HealedAtNs = plan.HealedAtNs ?? 0,
            EndNs = endNs,
            WasCutOff = host.WasCutOff,
            ElectionTimeoutNsMax = ((2 * setting.Raft.ElectionTicks) - 1) * setting.TickNs,
            ClientTimeoutNs = ClientTimeoutNs,
        };
        foreach (TortureCheck check in panel.Checks)
        {
            check.Finish(run);
        }

        return (ResultOf(seed, plan, panel, clients, host.EventCount), host.Observer);

        GroupMember Create(int member)
        {
            if (member < servers.Length)
            {
                // A member that starts again has lost what it was.
                return new GroupMember(servers[member] = new RaftServer(group, member));
            }

            int client = member - servers.Length;
            return client < clients.Length
                ? new GroupMember(clients[client] = new KeyValueClient(clientOptions, member))
                : new GroupMember(new GroupOperator(servers.Length, setting.OperatorPeriodNs, setting.HealNs));
        }
    }

    /// <summary>A hundred times what runs take: a storm of messages ends, and shows.</summary>
    private long EventsMax() => 100L * ((options.Seconds * 400L) + (options.Operations * 30L));

    private RaftGroup Group(TortureSetting setting, RaftWitness witness) => new()
    {
        Options = setting.Raft,
        Founding = new Configuration { Voters = IdSet.Of(Enumerable.Range(1, options.Members)) },
        Machine = () => new KeyValueMachine(),
        TickNs = setting.TickNs,
        SnapshotEvery = setting.SnapshotEvery,
        Retained = setting.Retained,
        SnapshotChunkBytes = setting.SnapshotChunkBytes,
        SnapshotWindow = setting.SnapshotWindow,
        BatchNs = setting.BatchNs,
        Forwards = setting.Forwards,
        HoldsEarlyAppends = options.HoldsEarlyAppends,
        Witness = witness,
    };

    private KeyValueClientOptions ClientOptions(TortureSetting setting)
    {
        int each = options.Operations / options.Clients;
        const long StartNs = 1_000_000_000;
        return new KeyValueClientOptions
        {
            Servers = options.Members,
            Operations = each,
            Keys = setting.Keys,
            StartNs = StartNs,
            PeriodNs = ((options.Seconds * 1_000_000_000L) - (2 * StartNs)) / each,
            TimeoutNs = ClientTimeoutNs,
            WanderPercent = setting.WanderPercent,
        };
    }

    private static TortureResult ResultOf(ulong seed, FaultPlan plan, WitnessPanel panel, KeyValueClient[] clients, long events)
    {
        var digest = new RunDigest(0);
        var totals = ClientTotals.Of(clients, ref digest);

        return new TortureResult
        {
            Seed = seed,
            Violations = [.. panel.Checks.Where(check => check.Violation is not null).Select(check => check.Violation!).OrderBy(violation => violation.AtNs)],
            Faults = plan,
            Operations = totals.Operations,
            Answered = totals.Answered,
            Elections = panel.Elections,
            Starts = panel.Restarts,
            Snapshots = panel.Snapshots,
            SnapshotsSent = panel.SnapshotsSent,
            ChunksSent = panel.ChunksSent,
            ChunksSentAgain = panel.ChunksSentAgain,
            MemberChanges = panel.Changes,
            Committed = panel.CommittedMax,
            Events = events,
            Digest = digest.Value,
        };
    }
}
