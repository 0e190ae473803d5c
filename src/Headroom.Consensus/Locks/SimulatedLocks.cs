using Headroom.Consensus.Agreements;
using Headroom.Consensus.Groups;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.Locks;

/// <summary>Clients that take locks from a group that agrees, on the simulator.</summary>
public static class SimulatedLocks
{
    private const int LooksPerLoad = 64;

    /// <summary>Why locks cannot be built on this way of agreeing, or null.</summary>
    public static string? Problem(AgreementStrategy strategy, AgreementSetting setting)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return !strategy.IsConsensus ? $"{strategy.Name}: registers that are only read and written have consensus number 1: two who ask at once cannot be told apart [herlihy1991]"
            : !strategy.IsLinearizable ? $"{strategy.Name}: a log of records has no compare-and-set, and reads of a replaced leader are stale"
            : strategy.Problem(setting);
    }

    /// <summary>Locks taken and given back under a load, a function of its arguments.</summary>
    /// <param name="strategy">How servers agree.</param>
    /// <param name="setting">Servers, clients and links; its load is put in place by this one.</param>
    /// <param name="load">What clients want.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public static LockOutcome Run(AgreementStrategy strategy, AgreementSetting setting, LockLoad load, Seed seed, CancellationToken cancellation = default)
    {
        (AgreementSetting own, long warmUpNs, long loadNs) = Times(strategy, setting, load);
        RandomStream random = seed.Named("moments").Stream();
        long durationNs = own.Load.DurationNs;
        var due = new List<long>[own.Clients];
        for (int client = 0; client < due.Length; client++)
        {
            due[client] = [];
            for (int i = 0; i < own.OperationsOf(client); i++)
            {
                due[client].Add(loadNs + (long)(random.NextDouble() * durationNs));
            }

            due[client].Sort();
        }

        LockPlan[] plans = [.. due.Select((moments, client) => new LockPlan(moments, load.HoldNs) { FreesNs = client == 0 ? warmUpNs : null })];
        return Run(strategy, own, load, plans, FaultPlan.None, (warmUpNs, loadNs, loadNs + durationNs + (20 * load.LeaseNs) + (64 * own.TimeoutNs)), seed, cancellation).Outcome;
    }

    /// <summary>Seconds from a holder's crash until the client that waits for its lock has it; infinite when it never does. The crash is at a random moment between two renewals.</summary>
    public static double HandoverSeconds(AgreementStrategy strategy, AgreementSetting setting, LockLoad load, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        IReadOnlyList<int> all = setting.Places.Clients;
        AgreementSetting two = setting with { Places = setting.Places with { Clients = [all[0], all[^1]] } };
        (AgreementSetting own, long warmUpNs, long loadNs) = Times(strategy, two, load with { Locks = 1, Acquisitions = 2 });
        long crashNs = loadNs + (2 * load.LeaseNs) + (16 * own.TimeoutNs) + (long)(seed.Named("crash").Stream().NextDouble() * load.LeaseNs);
        LockPlan[] plans = [new([loadNs], crashNs) { FreesNs = warmUpNs }, new([loadNs + (8 * own.TimeoutNs)], load.HoldNs)];
        var faults = new FaultPlan([new Fault(crashNs, FaultKind.Crash, 0)]);
        (LockOutcome _, LockClient[] clients) = Run(strategy, own, load with { Locks = 1 }, plans, faults, (warmUpNs, loadNs, crashNs + (20 * load.LeaseNs) + (64 * own.TimeoutNs)), seed, cancellation);
        return clients[1].Grants.Count > 0 && clients[1].Grants[0].GrantedNs is var granted && granted != LockGrant.Never ? (granted - crashNs) / 1e9 : double.PositiveInfinity;
    }

    private static (AgreementSetting Setting, long WarmUpNs, long LoadNs) Times(AgreementStrategy strategy, AgreementSetting setting, LockLoad load)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(load);
        load.Validate();
        if (Problem(strategy, setting) is { } problem)
        {
            throw new ArgumentException(problem, nameof(strategy));
        }

        AgreementSetting own = setting with { Load = new AgreementLoad { Operations = load.Acquisitions, RatePerSecond = load.RatePerSecond, ReadsPercent = 0, ValueBytes = 1 } };
        own.Validate();
        long warmUpNs = strategy.SettlingNs(own);
        long eachNs = 1_000_000 + (4 * (own.Places.RoundTripNsMax + own.Network.Jitter.MeanNs + own.DurabilityNs)) + (own.Network.Loss > 0 ? own.TimeoutNs : 0);
        return (own, warmUpNs, warmUpNs + (8 * own.TimeoutNs) + (load.Locks * eachNs));
    }

    /// <summary>Faults strike clients, numbered from 0.</summary>
    private static (LockOutcome Outcome, LockClient[] Clients) Run(AgreementStrategy strategy, AgreementSetting setting, LockLoad load, LockPlan[] plans, FaultPlan faults, (long WarmUpNs, long LoadNs, long LastNs) times, Seed seed, CancellationToken cancellation)
    {
        AgreementGroup group = strategy.Group(setting, times.WarmUpNs, times.LoadNs);
        var clients = new LockClient[setting.Clients];
        var options = new SimulationOptions
        {
            Network = setting.Network with { Topology = setting.Places.Topology(strategy.Registrars) },
            Seed = seed,
            DurabilityNs = setting.DurabilityNs,
            Faults = FaultPlan.InOrder(faults.Faults.Select(fault => fault with { Member = group.FirstClient + fault.Member })),
            Cancellation = cancellation,
        };
        var asking = new AskOptions(setting.Servers, 0, setting.TimeoutNs);
        var host = new SimulationHost<GroupMember, LinkLoadObserver>(options, Create, new LinkLoadObserver());
        host.Run(times.LoadNs - 1);
        host.Observer = new LinkLoadObserver();
        long stepNs = Math.Max(1, (times.LastNs - times.LoadNs) / LooksPerLoad);
        for (long untilNs = times.LoadNs; untilNs < times.LastNs && !Array.TrueForAll(clients, client => client.IsDone);)
        {
            untilNs += stepNs;
            host.Run(untilNs);
        }

        return (Outcome(setting, group.FirstClient, clients, host), clients);

        GroupMember Create(int member) => member < group.FirstClient ? group.Create(member)
            : new GroupMember(clients[member - group.FirstClient] = new LockClient(load, plans[member - group.FirstClient], asking, member - group.FirstClient, setting.Clients));
    }

    private static LockOutcome Outcome(AgreementSetting setting, int firstClient, LockClient[] clients, SimulationHost<GroupMember, LinkLoadObserver> host)
    {
        int[] regions = [.. setting.Places.Members(firstClient - setting.Servers)];
        var between = new long[setting.Places.Regions.Count, setting.Places.Regions.Count];
        (long messages, long bytes) = (0, 0);
        foreach (LinkLoad link in host.Observer.Top(host.Observer.LinkCount))
        {
            messages += link.Messages;
            bytes += link.WireBytes;
            between[regions[link.From], regions[link.To]] += link.WireBytes;
        }

        return new LockOutcome([.. clients.SelectMany(client => client.Grants)], messages, bytes, between);
    }
}
