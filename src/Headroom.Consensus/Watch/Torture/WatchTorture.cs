using Headroom.Consensus.Groups;
using Headroom.Consensus.Torture;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Observation;
using Headroom.Simulation.Observation.SpaceTime;

namespace Headroom.Consensus.Watch.Torture;

/// <summary>
/// One run of a store and its watchers under faults that a seed draws: the store crashes and loses what was not durable, relays and watchers crash and lose all that they knew. Updates come from outside;
/// those that find the store down, or crash with it before they are durable, are none. In the end all are up and connected, and must agree.
/// </summary>
public sealed class WatchTorture(WatchTortureOptions options) : ITorture<WatchTortureResult>
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>Each check, and what must hold.</summary>
    public static IReadOnlyList<(string Name, string Statement)> Checks => WatchChecks.All;

    public long EndNs => options.Seconds * SecondNs;

    public static Seed SeedOf(ulong number) => new Seed(number).Named("watch torture");

    /// <summary>How a seed sets them up, in words.</summary>
    public string Setting(ulong seed) => WatchTortureSetting.Draw(SeedOf(seed), options).ToString();

    public TortureRoles Roles(ulong seed)
    {
        WatchTree tree = new WatchGroup(WatchTortureSetting.Draw(SeedOf(seed), options).Watch, SeedOf(seed)).Tree;
        return new TortureRoles(tree.Members,
        [
            "store",
            .. Enumerable.Range(0, tree.Relays).Select(i => $"relay {i}"),
            .. Enumerable.Range(0, options.Watchers).Select(i => $"watcher {i}"),
        ]);
    }

    public WatchTortureResult Run(ulong seed, FaultPlan? faults = null) => Run<NoObserver>(seed, faults, default, EndNs).Result;

    public SpaceTimeLog Record(ulong seed, FaultPlan? faults, long fromNs, long untilNs) => Run(seed, faults, new SpaceTimeRecorder(fromNs, skipsEarlier: true), untilNs).Observer.Log;

    private (WatchTortureResult Result, TObserver Observer) Run<TObserver>(ulong number, FaultPlan? others, TObserver observer, long endNs)
        where TObserver : struct, IObserver
    {
        options.Validate();
        Seed seed = SeedOf(number);
        var setting = WatchTortureSetting.Draw(seed, options);
        SimulationHost<GroupMember, TObserver>? host = null;
        var group = new WatchGroup(setting.Watch, seed, () => host!.NowNs);
        WatchChecks checks = group.Checks!;
        FaultPlan faults = others ?? WatchTortureSetting.Faults(seed, group.Members, options.Seconds * SecondNs / 2);
        var simulation = new SimulationOptions
        {
            Network = setting.Network(group.Members),
            Seed = seed.Named("run"),
            Faults = faults,
            DurabilityNs = setting.DurabilityNs,
            EventsMax = 20_000_000,
        };
        host = new SimulationHost<GroupMember, TObserver>(simulation, group.Create, observer);
        for (int update = 0; update < group.Meter.Updates.Length; update++)
        {
            host.Request(group.Meter.Updates[update].TimeNs, 0, update);
        }

        host.Run(endNs);
        if (host.WasCutOff)
        {
            checks.ReportStorm();
        }
        else if (faults.HealedAtNs is { } healedNs)
        {
            checks.Finish(group.StatesOf, faults.Core, Math.Max(healedNs, checks.CommittedAtNs) + setting.ConvergeNs);
        }

        WatchMeter meter = group.Meter;
        long settledNs = Math.Max(faults.HealedAtNs ?? 0, checks.CommittedAtNs);
        return (new WatchTortureResult
        {
            Seed = number,
            Violations = checks.Violations,
            Faults = faults,
            Committed = checks.Revisions,
            Told = checks.ToldCount,
            Lists = meter.Lists,
            Pages = meter.Pages,
            Questions = meter.Questions,
            Refusals = meter.Refusals,
            Unanswered = meter.Unanswered,
            Bookmarks = meter.Bookmarks,
            Restarts = checks.Restarts,
            ConvergedNs = Math.Max(0, checks.LearnedAtNs - settledNs),
            ConvergeNs = setting.ConvergeNs,
            Events = host.EventCount,
            Digest = DigestOf(group, host.EventCount),
        }, host.Observer);
    }

    private static ulong DigestOf(WatchGroup group, long events)
    {
        var digest = new RunDigest((ulong)events);
        foreach (int update in group.Meter.Committed)
        {
            digest.Add((ulong)update);
        }

        foreach (double latencyNs in group.Meter.LatenciesNs)
        {
            digest.Add((ulong)(long)latencyNs);
        }

        return digest.Value;
    }
}
