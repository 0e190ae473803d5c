using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Consensus.Agreements;
using Headroom.Consensus.Locks;
using Headroom.Graphs;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Reads an activity, and refuses what contradicts itself.</summary>
internal static class CoordinateReader
{
    private const int MembersMin = 3;
    private const int ServersMax = 31;
    private const int Acquisitions = 300;
    private const int ClientsMin = 10;

    /// <summary>Locks that are held at once, of all clients: more would be clients for their own sake.</summary>
    private const double HeldMax = 100;

    public static CoordinateInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Section network = activity.Get(CoordinateStudy.NetworkKey);
        CoordinateLinks links = Links(activity, network);
        NetworkOptions behaviour = LinkKeys.Read(Topology.Complete(1, 0), network);
        if (network.Get(CoordinateStudy.TransportKey) == "tcp")
        {
            behaviour = LinkKeys.OverTcp(behaviour, network, 2 * links.LatencyNsMax);
        }

        long timeOutNs = Nanoseconds(activity.Get(CoordinateStudy.TimeOutKey));
        long heartbeatNs = activity.TryGet(CoordinateStudy.HeartbeatKey, out Quantity heartbeat) ? Nanoseconds(heartbeat) : timeOutNs / 2;
        if (heartbeatNs >= timeOutNs)
        {
            throw activity.Fail(CoordinateStudy.HeartbeatKey, $"'heartbeat' lies below the time-out of {activity.Get(CoordinateStudy.TimeOutKey)}: else a live leader is taken for dead; found '{heartbeat}'");
        }

        Section goal = activity.Get(CoordinateStudy.GoalKey);
        if (!activity.IsGiven(CoordinateStudy.LockingKey) && new Key[] { CoordinateStudy.LockKey, CoordinateStudy.HandoverKey }.FirstOrDefault(goal.IsGiven) is { } ofLocks)
        {
            throw goal.Fail(ofLocks, $"'{ofLocks.Name}' speaks of locks, and none are taken: state 'locking', or leave '{ofLocks.Name}' out");
        }

        ElectionWay now = Way(activity, CoordinateStudy.NowKey, activity.Get(CoordinateStudy.NowKey), links);
        ElectionWay[] others = activity.TryGet(CoordinateStudy.TryKey, out IReadOnlyList<StrategyCall>? calls)
            ? [.. calls.Select(call => Way(activity, CoordinateStudy.TryKey, call, links))]
            : [.. ElectionWays.Usual(links, timeOutNs / 1e6)];
        if (activity.IsGiven(CoordinateStudy.HeartbeatKey) && others.Append(now).All(way => way is RaftElection))
        {
            throw activity.Fail(CoordinateStudy.HeartbeatKey, "Raft says that its leader lives twice in its own least time-out, and nothing else is tried: leave 'heartbeat' out");
        }

        return new CoordinateInput
        {
            Links = links,
            Network = behaviour,
            FailuresPerSecond = activity.Get(CoordinateStudy.FailuresKey).In(Unit.PerSecond),
            TimeOutNs = timeOutNs,
            HeartbeatNs = heartbeatNs,
            WithinSeconds = Seconds(goal, CoordinateStudy.WithinKey),
            LockP99Seconds = Seconds(goal, CoordinateStudy.LockKey),
            HandoverSeconds = Seconds(goal, CoordinateStudy.HandoverKey),
            Now = now,
            Others = [.. others.Where(way => way != now).Distinct()],
            Locking = activity.TryGet(CoordinateStudy.LockingKey, out Section? locking) ? Locking(activity, locking, links, behaviour) : null,
        };
    }

    private static CoordinateLinks Links(Section activity, Section network)
    {
        string shape = activity.Get(CoordinateStudy.TopologyKey);
        bool hasMembers = activity.TryGet(CoordinateStudy.MembersKey, out IReadOnlyDictionary<string, int>? members);
        if (shape is not ("all" or "ring"))
        {
            return hasMembers ? throw activity.Fail(CoordinateStudy.MembersKey, "the nodes of the topology are the members: leave 'members' out") : OfFile(activity, network, shape);
        }

        if (!hasMembers)
        {
            throw new InputException(activity.Mark, "'members' is missing: how many there are, such as 16, or by region, such as { us: 2, eu: 1 }; or 'topology' names a file");
        }

        if (!network.TryGet(LinkKeys.Latency, out _))
        {
            throw new InputException(network.Mark, "'network' needs 'latency' (the minimum latency of every link, such as 40 ms)");
        }

        string[] regions = [.. members!.Keys];
        long[,] latencies = PlaceKeys.Latencies(regions, network);
        int[] regionOf = [.. members.SelectMany(entry => Enumerable.Repeat(Array.IndexOf(regions, entry.Key), entry.Value))];
        return regionOf.Length < MembersMin
            ? throw activity.Fail(CoordinateStudy.MembersKey, $"an election after a crash needs {MembersMin} members at least; found {regionOf.Length}")
            : shape == "all" ? CoordinateLinks.All(regions, regionOf, latencies)
            : CoordinateLinks.Ring(regions, regionOf, latencies);
    }

    private static CoordinateLinks OfFile(Section activity, Section network, string path)
    {
        DirectedGraph graph = EvidenceFile.Parse(path, BroadcastLinks.Parse);
        if (BroadcastLinks.Problem(graph) is { } problem)
        {
            throw activity.Fail(CoordinateStudy.TopologyKey, $"'topology': {problem}");
        }

        if (graph.NodeCount is < MembersMin or > CoordinateStudy.MembersMax)
        {
            throw activity.Fail(CoordinateStudy.TopologyKey, $"'topology' has {MembersMin} to {CoordinateStudy.MembersMax} nodes; this one has {graph.NodeCount}");
        }

        bool hasDelays = graph.LatenciesSeconds.ContainsAnyExcept(0);
        bool isGiven = network.TryGet(LinkKeys.Latency, out LinkLatency? latency);
        if (network.IsGiven(PlaceKeys.Between))
        {
            throw network.Fail(PlaceKeys.Between, "the nodes of a topology file are in no regions: leave 'between' out");
        }

        if (hasDelays == isGiven || (isGiven && latency!.Ns is null))
        {
            throw hasDelays && isGiven ? network.Fail(LinkKeys.Latency, "the topology states delays of its own: leave 'latency' out")
                : isGiven ? network.Fail(LinkKeys.Latency, "one latency for every link is expected, such as 40 ms")
                : activity.Fail(CoordinateStudy.TopologyKey, "this topology states no delays: 'network' needs 'latency' (the minimum latency of every link, such as 40 ms)");
        }

        CoordinateLinks links = CoordinateLinks.Of(isGiven ? WithLatency(graph, latency!.Ns!.Value / 1e9) : graph);
        return links.Leaders.Count == 0 ? throw activity.Fail(CoordinateStudy.TopologyKey, "'topology': whoever is lost cuts the others in two: nobody could be elected by all") : links;
    }

    private static DirectedGraph WithLatency(DirectedGraph graph, double seconds)
    {
        var builder = new GraphBuilder();
        foreach (string name in graph.Names)
        {
            builder.AddNode(name);
        }

        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            builder.AddEdge(graph.Tails[edge], graph.Heads[edge], latencySeconds: seconds);
        }

        return builder.Build();
    }

    private static ElectionWay Way(Section activity, Key key, StrategyCall call, CoordinateLinks links)
    {
        ElectionWay way = ElectionWays.Of(call);
        return way.Problem(links) is { } problem ? throw activity.Fail(key, problem) : way;
    }

    private static CoordinateLocking Locking(Section activity, Section locking, CoordinateLinks links, NetworkOptions network)
    {
        if (links.Shape != LinkShape.All || links.Members > ServersMax)
        {
            throw activity.Fail(CoordinateStudy.LockingKey, $"locks are kept by members that all reach each other, at most {ServersMax}: leave 'locking' out, or write an activity of its own");
        }

        bool hasClients = locking.TryGet(CoordinateStudy.ClientsKey, out IReadOnlyDictionary<string, double>? shares);
        if (hasClients && shares!.Keys.FirstOrDefault(region => !links.Regions.Contains(region)) is { } unknown)
        {
            throw locking.Fail(CoordinateStudy.ClientsKey, $"'clients' names '{unknown}'; members are in {string.Join(", ", links.Regions)}, and a region without any is written with 0");
        }

        double rate = locking.Get(CoordinateStudy.LockRateKey).In(Unit.PerSecond);
        double holdSeconds = locking.Get(CoordinateStudy.HoldKey).In(Unit.Second);
        long locks = locking.Get(CoordinateStudy.LocksKey);
        double held = rate * (holdSeconds + (8 * links.LatencyNsMax / 1e9));
        if (held >= Math.Min(locks, HeldMax))
        {
            throw locking.Fail(CoordinateStudy.LockRateKey, $"{Print.Significant(held, 3)} locks are held at once (rate times hold and the ways), of {locks}: below {Print.Significant(Math.Min(locks, HeldMax), 3)} is expected");
        }

        int count = Math.Clamp((int)Math.Ceiling(8 * held), ClientsMin, AgreementSetting.ClientsMax);
        int[] regions = hasClients ? PlaceKeys.Dealt(count, links.Regions, shares!) : [.. Enumerable.Range(0, count).Select(client => links.RegionOf[client * links.Members / count])];
        var setting = new AgreementSetting
        {
            Places = new AgreementPlaces { Regions = links.Regions, LatenciesNs = links.RegionLatenciesNs, Servers = links.RegionOf, Clients = regions },
            Network = network,
            Load = new AgreementLoad { Operations = Acquisitions, RatePerSecond = rate, ReadsPercent = 0, ValueBytes = 1 },
            DurabilityNs = Nanoseconds(locking.Get(CoordinateStudy.DiskKey)),
        };
        var load = new LockLoad
        {
            Acquisitions = Acquisitions,
            RatePerSecond = rate,
            HoldNs = Nanoseconds(locking.Get(CoordinateStudy.HoldKey)),
            LeaseNs = Nanoseconds(locking.Get(CoordinateStudy.LeaseKey)),
            PollNs = Nanoseconds(locking.Get(CoordinateStudy.PollKey)),
            Locks = (int)locks,
        };
        if (load.LeaseNs < 4 * setting.TimeoutNs)
        {
            throw locking.Fail(CoordinateStudy.LeaseKey, $"a lease of at least {new Quantity(4 * setting.TimeoutNs / 1e9, Unit.Second).ToHumanString()} can be renewed in time over these links; found '{locking.Get(CoordinateStudy.LeaseKey)}'");
        }

        AgreementStrategy now = Keeper(locking, CoordinateStudy.LockNowKey, locking.Get(CoordinateStudy.LockNowKey), setting);
        IEnumerable<AgreementStrategy> others = locking.TryGet(CoordinateStudy.LockTryKey, out IReadOnlyList<StrategyCall>? calls)
            ? calls.Select(call => Keeper(locking, CoordinateStudy.LockTryKey, call, setting))
            : AgreementStrategies.Usual.Where(strategy => SimulatedLocks.Problem(strategy, setting) is null);
        return new CoordinateLocking(setting, load, [.. others.Prepend(now).Distinct()]);
    }

    private static AgreementStrategy Keeper(Section locking, Key key, StrategyCall call, AgreementSetting setting)
    {
        AgreementStrategy strategy = AgreementStrategies.Of(call);
        return SimulatedLocks.Problem(strategy, setting) is { } problem ? throw locking.Fail(key, problem) : strategy;
    }

    private static double? Seconds(Section section, Key<Quantity> key) => section.TryGet(key, out Quantity time) ? time.In(Unit.Second) : null;

    private static long Nanoseconds(Quantity time) => (long)Math.Round(time.In(Unit.Second) * 1e9);
}
