using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>Reads an activity, and refuses what contradicts itself.</summary>
internal static class ReplicateReader
{
    private const int OperationsPerRun = 1000;
    private const int OperationsMin = 40;
    private const long LogBytesMax = 100_000_000;
    private const int ClientsMin = 20;

    /// <summary>A client is busy for at most this share of its time, reckoned with a few round trips for an operation.</summary>
    private const double BusyMax = 0.25;
    private const double RoundTripsMax = 3;

    public static ReplicateInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        IReadOnlyDictionary<string, int> servers = activity.Get(ReplicateStudy.ServersKey);
        bool hasClients = activity.TryGet(ReplicateStudy.ClientsKey, out IReadOnlyDictionary<string, double>? clients);
        if (hasClients && servers.ContainsKey(PlaceKeys.OnlyRegion))
        {
            throw activity.Fail(ReplicateStudy.ClientsKey, "'clients' names regions and 'servers' does not: write them by region too, such as { us: 3 }");
        }

        string[] regions = [.. servers.Keys.Concat(hasClients ? clients!.Keys : []).Distinct()];
        Section network = activity.Get(ReplicateStudy.NetworkKey);
        long[,] latencies = PlaceKeys.Latencies(regions, network);
        long groups = activity.Get(ReplicateStudy.GroupsKey);
        double rate = activity.Get(ReplicateStudy.RateKey).In(Unit.PerSecond);
        long diskNs = (long)Math.Round(activity.Get(ReplicateStudy.DiskKey).In(Unit.Second) * 1e9);
        int[] serverRegions = [.. servers.SelectMany(entry => Enumerable.Repeat(Array.IndexOf(regions, entry.Key), entry.Value))];
        NetworkOptions links = LinkKeys.Read(Topology.Complete(1, 0), network);
        var places = new AgreementPlaces { Regions = regions, LatenciesNs = latencies, Servers = serverRegions, Clients = serverRegions };
        if (network.Get(ReplicateStudy.TransportKey) == "tcp")
        {
            links = LinkKeys.OverTcp(links, network, places.RoundTripNsMax);
        }

        double busyNs = (RoundTripsMax * (places.RoundTripNsMax + links.Jitter.MeanNs)) + (2 * diskNs) + 100_000;
        int count = Math.Clamp((int)Math.Ceiling(rate / groups * busyNs * 1e-9 / BusyMax), hasClients || regions.Length > 1 ? ClientsMin : 1, AgreementSetting.ClientsMax);
        double runRate = Math.Min(rate / groups, count * BusyMax * 1e9 / busyNs);
        places = places with { Clients = PlaceKeys.Dealt(count, regions, hasClients ? clients! : EvenShares(servers)) };
        int value = (int)Math.Round(activity.Get(ReplicateStudy.ValueKey).In(Unit.Byte));
        ReplicateGoals goals = Goals(activity, serverRegions.Length);
        var setting = new AgreementSetting
        {
            Places = places,
            Network = links,
            Load = new AgreementLoad
            {
                Operations = Even(OperationsOf(value, serverRegions.Length, places.Clients.Count), places.Clients),
                RatePerSecond = runRate,
                ReadsPercent = activity.Get(ReplicateStudy.ReadsKey),
                ValueBytes = value,
            },
            DurabilityNs = diskNs,
        };
        double? critical = activity.TryGet(ReplicateStudy.CriticalKey, out double share) ? share : null;
        ReplicateOption now = Now(activity, setting);
        ReplicateOption[] others = [.. Others(activity, setting, critical).Where(option => option != now).Distinct()];
        return critical is not null && others.All(option => option.Rest is null)
            ? throw activity.Fail(ReplicateStudy.CriticalKey, $"'critical' tries pairs of a linearizable strategy and {InSyncStrategy.Later}, and there is none here: {InSyncStrategy.Later.Problem(setting) ?? "name a linearizable one in 'try'"}; or leave 'critical' out")
            : new ReplicateInput { Setting = setting, Groups = groups, RatePerSecond = rate, CriticalShare = critical, Goals = goals, Now = now, Others = others };
    }

    /// <summary>A thousand and one for each client at least, and no more than memory has room for where values are large: every server's log keeps them all.</summary>
    private static int OperationsOf(int valueBytes, int servers, int clients) =>
        (int)Math.Clamp(LogBytesMax / ((long)valueBytes * servers), OperationsMin, Math.Max(OperationsPerRun, clients));

    /// <summary>As many for each client where these are in several regions, so that every region has exactly its clients' share.</summary>
    internal static int Even(int operations, IReadOnlyList<int> clients) =>
        clients.Distinct().Skip(1).Any() ? (operations + clients.Count - 1) / clients.Count * clients.Count : operations;

    private static Dictionary<string, double> EvenShares(IReadOnlyDictionary<string, int> servers)
    {
        string[] used = [.. servers.Where(entry => entry.Value > 0).Select(entry => entry.Key)];
        return used.ToDictionary(region => region, _ => 1.0 / used.Length);
    }

    private static ReplicateGoals Goals(Section activity, int servers)
    {
        Section goal = activity.Get(ReplicateStudy.GoalKey);
        int reads = activity.Get(ReplicateStudy.ReadsKey);
        if (reads is 0 or 100 && goal.IsGiven(reads == 0 ? ReplicateStudy.ReadP99Key : ReplicateStudy.P99Key))
        {
            throw reads == 0 ? goal.Fail(ReplicateStudy.ReadP99Key, "'read p99' speaks of reads, and there are none: state 'reads', such as 80 %, or leave 'read p99' out")
                : goal.Fail(ReplicateStudy.P99Key, "'p99' speaks of writes, and with 'reads: 100 %' there are none: say 'read p99', or leave 'p99' out");
        }

        int survive = (int)goal.Get(ReplicateStudy.SurviveKey);
        return survive >= servers
            ? throw goal.Fail(ReplicateStudy.SurviveKey, $"'survive' lies below the {servers} servers that there are; found {survive}")
            : new ReplicateGoals
            {
                WriteP99Seconds = goal.TryGet(ReplicateStudy.P99Key, out Quantity p99) ? p99.In(Unit.Second) : null,
                ReadP99Seconds = goal.TryGet(ReplicateStudy.ReadP99Key, out Quantity read) ? read.In(Unit.Second) : null,
                Survive = survive,
                Available = goal.TryGet(ReplicateStudy.AvailableKey, out double available) ? available : null,
                InTimeNs = (long)Math.Round(goal.Get(ReplicateStudy.InTimeKey).In(Unit.Second) * 1e9),
                IsLinearizable = goal.Get(ReplicateStudy.OrderKey) == "linearizable",
                IsDurable = goal.Get(ReplicateStudy.DurableKey) == "yes",
            };
    }

    private static ReplicateOption Now(Section activity, AgreementSetting setting)
    {
        AgreementStrategy strategy = AgreementStrategies.Of(activity.Get(ReplicateStudy.NowKey));
        if (strategy.Problem(setting) is { } problem)
        {
            throw activity.Fail(ReplicateStudy.NowKey, problem);
        }

        IReadOnlyList<string> regions = setting.Places.Regions;
        if (!activity.TryGet(ReplicateStudy.LeaderKey, out string? leader))
        {
            return Led(strategy, setting.Places.Servers[0], setting);
        }

        if (!strategy.HasLeader)
        {
            throw activity.Fail(ReplicateStudy.LeaderKey, $"nobody leads in {strategy}: leave 'leader' out, or choose a 'now' that has a leader, such as raft");
        }

        int region = regions.ToList().IndexOf(leader);
        return regions.Count == 1 ? throw activity.Fail(ReplicateStudy.LeaderKey, "servers are in one place: leave 'leader' out")
            : !setting.Places.Servers.Contains(region) ? throw activity.Fail(ReplicateStudy.LeaderKey, $"no server is in '{leader}'; servers are in {string.Join(", ", setting.Places.Servers.Distinct().Select(r => regions[r]))}")
            : Led(strategy, region, setting);
    }

    /// <summary>With a leader's region where there are several and somebody leads.</summary>
    internal static ReplicateOption Led(AgreementStrategy strategy, int region, AgreementSetting setting) =>
        setting.Places.Regions.Count == 1 || !strategy.HasLeader ? new ReplicateOption(strategy) : new ReplicateOption(strategy, region) { Leader = setting.Places.Regions[region] };

    private static IEnumerable<ReplicateOption> Others(Section activity, AgreementSetting setting, double? critical)
    {
        bool isGiven = activity.TryGet(ReplicateStudy.TryKey, out IReadOnlyList<StrategyCall>? calls);
        AgreementStrategy[] strategies = [.. isGiven ? calls!.Select(AgreementStrategies.Of) : AgreementStrategies.Usual.Where(strategy => strategy.Problem(setting) is null)];
        foreach (AgreementStrategy strategy in strategies)
        {
            if (strategy.Problem(setting) is { } problem)
            {
                throw activity.Fail(ReplicateStudy.TryKey, problem);
            }
        }

        int[] leading = [.. setting.Places.Servers.Distinct()];
        foreach (AgreementStrategy strategy in strategies)
        {
            foreach (int region in leading)
            {
                yield return Led(strategy, region, setting);
            }
        }

        AgreementStrategy later = InSyncStrategy.Later;
        foreach (AgreementStrategy strategy in critical is null || later.Problem(setting) is not null ? [] : strategies.Where(s => s.IsLinearizable))
        {
            foreach (int region in leading)
            {
                yield return Led(strategy, region, setting) with { Rest = later };
            }
        }
    }
}
