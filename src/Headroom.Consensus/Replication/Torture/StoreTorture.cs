using Headroom.Consensus.Groups;
using Headroom.Consensus.KeyValue;
using Headroom.Consensus.Torture;
using Headroom.Consensus.Torture.Checks;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.Replication.Torture;

/// <summary>
/// One run of a replicated store under faults that a seed draws, watched by every check. Clients are reached through the same network as servers, and never crash. What differs from protocol to protocol, a derived class
/// draws. One thread's: its memory is used again.
/// </summary>
public abstract class StoreTorture(StoreTortureOptions options, string name) : ITorture<StoreTortureResult>
{
    protected const long SecondNs = 1_000_000_000;
    /// <summary>What a commit index takes at most to reach everybody: it may ride on a heartbeat, and that be lost.</summary>
    private const long LateNs = 2 * SecondNs;
    private const long HeldBackNsMax = 80_000_000;
    private const long ClientTimeoutNs = 700_000_000;

    private readonly HistoryJudge _judge = new();

    public StoreTortureOptions Sizes => options;

    public long EndNs => options.Seconds * SecondNs;

    protected long HealNs => options.Seconds * SecondNs / 2;

    public Seed SeedOf(ulong number) => new Seed(number).Named(name);

    /// <summary>Draws how the group is set up, and the faults.</summary>
    protected abstract StoreTrial Draw(Seed seed, ref RandomStream random, long latencyNs, StoreChecks checks);

    public abstract TortureRoles Roles(ulong seed);

    public StoreTortureResult Run(ulong seed, FaultPlan? faults = null) => Run<NoObserver>(seed, faults, default, EndNs).Result;

    public SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs) => Run(seed, faults, new SpaceTimeRecorder(fromNs, skipsEarlier: true), untilNs).Observer.Log;

    private (StoreTortureResult Result, TObserver Observer) Run<TObserver>(ulong number, FaultPlan? faults, TObserver observer, long endNs)
        where TObserver : struct, IObserver
    {
        options.Validate();
        Seed seed = SeedOf(number);
        RandomStream random = seed.Named("setting").Stream();
        long latencyNs = 200_000L << random.Below(7);
        var checks = new StoreChecks();
        StoreTrial trial = Draw(seed, ref random, latencyNs, checks);
        KeyValueClientOptions working = Working(ref random);
        FaultPlan plan = faults ?? trial.Faults;
        var clients = new KeyValueClient[options.Clients];
        var simulation = new SimulationOptions
        {
            Network = Network(ref random, latencyNs, trial.Members + options.Clients),
            Seed = seed.Named("run"),
            Faults = plan,
            DurabilityNs = random.Bernoulli(0.8) ? 50_000L << random.Below(9) : 0,
            EventsMax = 100L * ((options.Seconds * 1000L) + (options.Operations * 30L)),
        };
        var host = new SimulationHost<GroupMember, TObserver>(simulation, Create, observer);
        host.Run(Math.Min(endNs, EndNs - LateNs));
        long last = checks.Last;
        host.Run(endNs);
        bool isPromised = Judge(checks, last, trial, clients, plan, host.WasCutOff);
        return (ResultOf(number, checks, plan, clients, isPromised, host.EventCount), host.Observer);

        GroupMember Create(int member) => member < trial.Members
            ? new GroupMember(trial.Create(member))
            : new GroupMember(clients[member - trial.Members] = new KeyValueClient(working, member));
    }

    private KeyValueClientOptions Working(ref RandomStream random)
    {
        int each = options.Operations / options.Clients;
        return new KeyValueClientOptions
        {
            Servers = options.Members,
            Operations = each,
            Keys = 2 + random.Below(7),
            StartNs = SecondNs,
            PeriodNs = ((options.Seconds * SecondNs) - (2 * SecondNs)) / each,
            TimeoutNs = ClientTimeoutNs,
            WanderPercent = 60 * random.Below(2),
        };
    }

    /// <summary>Messages that are held back come well within the shortest election time: without timely messages no leader lasts, and progress is not to be asked for.</summary>
    private static NetworkOptions Network(ref RandomStream random, long latencyNs, int members)
    {
        double reordering = random.Bernoulli(0.4) ? random.Below(200) / 1000.0 : 0;
        return new NetworkOptions
        {
            Topology = Topology.Complete(members, latencyNs),
            Jitter = random.Bernoulli(0.7) ? new Jitter(JitterShape.Exponential, 100_000L << random.Below(8)) : Jitter.None,
            Loss = random.Bernoulli(0.4) ? random.Below(80) / 1000.0 : 0,
            Duplication = random.Bernoulli(0.4) ? random.Below(100) / 1000.0 : 0,
            Reordering = reordering,
            ReorderDelayNs = reordering > 0 ? Math.Min(20 * latencyNs, HeldBackNsMax) : 0,
        };
    }

    private bool Judge(StoreChecks checks, long last, StoreTrial trial, KeyValueClient[] clients, FaultPlan plan, bool wasCutOff)
    {
        var run = new TortureRun
        {
            Clients = clients,
            Core = [],
            HealedAtNs = plan.HealedAtNs ?? 0,
            EndNs = EndNs,
            WasCutOff = wasCutOff,
            ElectionTimeoutNsMax = trial.SettlingNs,
            ClientTimeoutNs = ClientTimeoutNs,
        };
        IReadOnlyList<(int, long)>? holders = trial.Holders(plan.Core);
        var history = new LinearizableHistory(_judge);
        history.Finish(run);
        Take(StoreChecks.Linearizable, history);
        if (holders is null)
        {
            return false;
        }

        if (plan.HealedAtNs is null)
        {
            return true;
        }

        checks.Finish(holders, last, EndNs);
        var progress = new ProgressOnceHealed();
        progress.Finish(run);
        Take(StoreChecks.Progress, progress);
        return true;

        void Take(string check, TortureCheck judged)
        {
            if (judged.Violation is { } violation)
            {
                checks.Report(check, violation.AtNs, violation.What);
            }
        }
    }

    private static StoreTortureResult ResultOf(ulong number, StoreChecks checks, FaultPlan plan, KeyValueClient[] clients, bool isPromised, long events)
    {
        var digest = new RunDigest((ulong)events);
        var totals = ClientTotals.Of(clients, ref digest);

        return new StoreTortureResult
        {
            Seed = number,
            Violations = checks.Violations,
            Faults = plan,
            Operations = totals.Operations,
            Answered = totals.Answered,
            Leaders = checks.Leaders,
            Starts = checks.Starts,
            Saved = checks.SavedCount,
            Copied = checks.CopiedCount,
            Applied = checks.Last,
            LostAllCopies = !isPromised,
            Events = events,
            Digest = digest.Value,
        };
    }
}
