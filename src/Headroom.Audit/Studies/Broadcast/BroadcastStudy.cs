using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>One payload to everybody: flooding, gossip, trees and their hybrid, run on the simulator and held against what no protocol can undercut.</summary>
public sealed class BroadcastStudy : Study<BroadcastInput>
{
    private const int MembersMax = 1_000_000;
    private const double LineTimeSecondsMax = 1e8;
    private const long PopulationMax = 1_000_000_000_000;
    private const int RegionsMax = 1000;

    private static readonly Key<long> MembersKey = Keys.Count("members", "members that all reach each other", 2, MembersMax);
    private static readonly Key<string> TopologyKey = Keys.File("topology", "in place of members: who has a link to whom, REPETITA (.graph) or GraphML");
    private static readonly Key<string> OriginKey = Keys.Text("origin", "the node of the topology that broadcasts; its first one where left out");
    private static readonly Key<Quantity> PayloadKey = Keys.Checked(Keys.Positive("payload", "2 kB", "what every member is to have"),
        (_, q) => q.Base is >= 8 and <= 8e9 ? null : "'payload' lies between 1 B and 1 GB").Required();
    private static readonly Key<Quantity> RateKey = Keys.Positive("rate", "20/min", "broadcasts; money needs it");
    private static readonly Key<long> PopulationKey = Keys.Count("population", "receivers in all, where each member serves an equal share of them by itself", 2, PopulationMax);
    private static readonly Key<Quantity> LatencyKey = Keys.Quantity("latency", "40 ms", "minimum latency of every link; left out where the topology states delays", "0 s", "1 h");
    private static readonly Key<long> RegionsKey = Keys.Count("regions", "equal regions that the members fall into; 'latency' then holds within one", 2, RegionsMax);
    private static readonly Key<Quantity> BetweenKey = Keys.Quantity("between regions", "80 ms", "minimum latency between members of different regions", "0 s", "1 h");
    private static readonly Key<Quantity> JitterKey = Keys.Quantity("jitter", "5 ms", "mean of what links add to their minimum latency", "0 s", "1 h").Or("0 ms");
    private static readonly Key<string> ShapeKey = Keys.Choice("jitter shape", "distribution of the jitter", "exponential", "uniform").Or("exponential");
    private static readonly Key<double> LossKey = Keys.Share("loss", "probability that a message is lost on its way", 0, 0.99).Or("0 %");
    private static readonly Key<Quantity> BandwidthKey = Keys.Positive("bandwidth", "100 Mbit/s", "speed of each member's line, each way; infinite where left out");
    private static readonly Key<Section> NetworkKey = Keys.Section("network", "how links behave", LatencyKey, RegionsKey, BetweenKey, JitterKey, ShapeKey, LossKey, BandwidthKey);
    private static readonly Key<double> FailuresKey = Keys.Share("failures", "share of the members that are dead from the start, unknown to the others", 0, 0.95).Or("0 %");
    private static readonly Key<double> DeliveredKey = Keys.Share("delivered", "share of the live members that must have the payload", 1e-9).Or("99.99 %");
    private static readonly Key<Deadline> WithinKey = new("within", "a time or a number of synchronous rounds, such as 2 s or 3 rounds", "by when", ReadDeadline);
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must reach", DeliveredKey, WithinKey).Or("{ delivered: 99.99 % }");
    /// <summary>Strategies that theory says send more messages in one broadcast are run only when asked for.</summary>
    private const double UsualMessagesMax = 500_000;

    private static readonly Key<StrategyCall> NowKey = Keys.Strategy("now", "how it is done today", BroadcastRegistry.Forms).Required();
    private static readonly Key<IReadOnlyList<StrategyCall>> TryKey = Keys.Strategies("try", "strategies to compare with, in place of the usual ones", BroadcastRegistry.Forms);

    public static Metric Payloads { get; } = new("payloads", Unit.Ratio("copies/delivery"), Side.Floor, "payload copies sent for each member reached");
    public static Metric Bytes { get; } = new("bytes", Unit.Byte, Side.Floor, "bytes on the wire for one broadcast, packet headers included");
    public static Metric Messages { get; } = new("messages", Unit.Count("messages"), Side.Floor, "messages of any kind for one broadcast");
    public static Metric Rounds { get; } = new("rounds", Unit.Count("rounds"), Side.Floor, "synchronous rounds until the share of the goal has the payload");
    public static Metric Hops { get; } = new("hops", Unit.Count("hops"), Side.Floor, "links that the payload crossed to the deepest member reached");
    public static Metric Time { get; } = new("time", Unit.Second, Side.Floor, "time until the share of the goal has the payload");
    public static Metric Delivered { get; } = new("delivered", Unit.Percent, Side.Ceiling, "share of the live members that have the payload by the goal's deadline, or in the end");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "broadcast",
        Summary = "one payload from one member to all: copies, bytes, rounds, hops and time of each way to spread it",
        Keys = [MembersKey, TopologyKey, OriginKey, PayloadKey, RateKey, PopulationKey, NetworkKey, FailuresKey, GoalKey, NowKey, TryKey],
        Metrics = [Payloads, Bytes, Messages, Rounds, Hops, Time, Delivered],
        Strategies = BroadcastRegistry.Forms,
        ClaimTopics = BroadcastClaims.Topics,
        Example = """
            members: 1000
            payload: 2 kB
            rate: 20/min
            network: { latency: 40 ms, jitter: 5 ms, loss: 0.1 %, bandwidth: 100 Mbit/s }
            goal: { delivered: 99.99 %, within: 2 s }
            now: flooding
            """,
    };

    protected override BroadcastInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Section? network = activity.TryGet(NetworkKey, out Section? given) ? given : null;
        (Topology topology, int origin) = ReadTopology(activity, network);
        var setting = new BroadcastSetting
        {
            Network = ReadNetwork(topology, network),
            PayloadBytes = (int)Math.Ceiling(activity.Get(PayloadKey).In(Unit.Byte)),
            Origin = origin,
            Failures = activity.Get(FailuresKey),
        };
        double lineSeconds = setting.PayloadBytes * 8.0 / setting.Network.BandwidthBps * setting.Members;
        if (lineSeconds > LineTimeSecondsMax)
        {
            throw network!.Fail(BandwidthKey, "at this bandwidth one line would take over three years to send the payload to every member");
        }

        BroadcastStrategy now = Strategy(activity, NowKey, activity.Get(NowKey), setting);
        bool isChosen = activity.TryGet(TryKey, out IReadOnlyList<StrategyCall>? calls);
        BroadcastStrategy[] usual = [.. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual).Where(strategy => strategy.Problem(setting) is null)];
        IEnumerable<BroadcastStrategy> others = isChosen
            ? calls!.Select(call => Strategy(activity, TryKey, call, setting))
            : usual.Where(strategy => !IsCostly(strategy, setting));
        Section goal = activity.Get(GoalKey);
        Deadline deadline = goal.TryGet(WithinKey, out Deadline? within) ? within : new Deadline(null, null);
        return new BroadcastInput
        {
            Setting = setting,
            Goal = new BroadcastGoal(goal.Get(DeliveredKey), deadline.Ns, deadline.Rounds),
            RatePerSecond = activity.TryGet(RateKey, out Quantity rate) ? rate.In(Unit.PerSecond) : null,
            Population = activity.TryGet(PopulationKey, out long population)
                ? population >= setting.Members ? population : throw activity.Fail(PopulationKey, $"'population' counts the members too: it is at least {setting.Members}")
                : null,
            PassedOver = isChosen ? [] : [.. usual.Where(strategy => IsCostly(strategy, setting) && strategy != now)],
            Now = now,
            Others = [.. others.Where(strategy => strategy != now).Distinct()],
        };
    }

    protected override StudyResult Run(BroadcastInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<BroadcastRuns> runs = BroadcastTrials.RunAll(input, context);
        return new StudyResult
        {
            Findings = BroadcastFindings.Compose(input, context, runs),
            Exhibits = BroadcastExhibits.Of(input, runs),
            Judged = BroadcastClaims.Judge(input, context, runs),
            Notes = BroadcastTrials.Notes(input, runs),
        };
    }

    /// <summary>What theory says takes very many messages (flooding has a closed form) is not tried unless asked for.</summary>
    private static bool IsCostly(BroadcastStrategy strategy, BroadcastSetting setting) =>
        strategy is not FloodingStrategy && strategy.Theory(BroadcastMetric.Messages, setting) is { Average: > UsualMessagesMax };

    private static BroadcastStrategy Strategy(Section activity, Key key, StrategyCall call, BroadcastSetting setting)
    {
        BroadcastStrategy strategy = BroadcastRegistry.Of(call);
        return strategy.Problem(setting) is { } problem ? throw activity.Fail(key, problem) : strategy;
    }

    private static (Topology Topology, int Origin) ReadTopology(Section activity, Section? network)
    {
        Quantity? latency = network is not null && network.TryGet(LatencyKey, out Quantity given) ? given : null;
        bool hasMembers = activity.TryGet(MembersKey, out long members);
        if (activity.TryGet(TopologyKey, out string? path))
        {
            return hasMembers
                ? throw activity.Fail(TopologyKey, "give either 'members' or 'topology', not both")
                : BroadcastTopology.Read(activity, TopologyKey, path, OriginKey, latency is { } each ? (network!, LatencyKey, Nanoseconds(each)) : null);
        }

        if (!hasMembers)
        {
            throw new InputException(activity.Mark, $"{activity.Title} needs 'members' or 'topology'");
        }

        if (activity.IsGiven(OriginKey))
        {
            throw activity.Fail(OriginKey, "'origin' names a node of a topology; without one all members are alike");
        }

        return latency is { } minimum
            ? (Links((int)members, Nanoseconds(minimum), network!), 0)
            : throw new InputException(network?.Mark ?? activity.Mark, "'network' needs 'latency' (the minimum latency of every link, such as 40 ms)");
    }

    /// <summary>Everybody reaches everybody; with regions, members 0, r, 2r, … share one.</summary>
    private static Topology Links(int members, long latencyNs, Section network)
    {
        bool hasRegions = network.TryGet(RegionsKey, out long regions);
        bool hasBetween = network.TryGet(BetweenKey, out Quantity between);
        if (!hasRegions && !hasBetween)
        {
            return Topology.Complete(members, latencyNs);
        }

        if (!hasRegions || !hasBetween)
        {
            throw network.Fail(hasRegions ? RegionsKey : BetweenKey, "'regions' and 'between regions' are given together");
        }

        if (regions > members)
        {
            throw network.Fail(RegionsKey, $"{regions} regions need as many members at least");
        }

        var matrix = new long[regions, regions];
        for (int from = 0; from < regions; from++)
        {
            for (int to = 0; to < regions; to++)
            {
                matrix[from, to] = from == to ? latencyNs : Nanoseconds(between);
            }
        }

        return Topology.Regions([.. Enumerable.Range(0, members).Select(member => member % (int)regions)], matrix);
    }

    private static NetworkOptions ReadNetwork(Topology topology, Section? network) => network is null
        ? new NetworkOptions { Topology = topology }
        : new NetworkOptions
        {
            Topology = topology,
            Jitter = new Jitter(network.Get(ShapeKey) == "uniform" ? JitterShape.Uniform : JitterShape.Exponential, Nanoseconds(network.Get(JitterKey))),
            Loss = network.Get(LossKey),
            BandwidthBps = network.TryGet(BandwidthKey, out Quantity bandwidth) ? bandwidth.In(Unit.BitPerSecond) : double.PositiveInfinity,
        };

    private static long Nanoseconds(Quantity time) => (long)Math.Round(time.In(Unit.Second) * 1e9);

    private static Deadline ReadDeadline(Node node, ReadingContext context)
    {
        const string Expected = "a time or a number of rounds, such as 2 s or 3 rounds";
        string text = Keys.ReadText("within", node, Expected);
        string number = text.EndsWith(" rounds", StringComparison.Ordinal) ? text[..^7] : text.EndsWith(" round", StringComparison.Ordinal) ? text[..^6] : "";
        if (number.Length > 0)
        {
            return long.TryParse(number, out long rounds) && rounds is >= 1 and <= 1_000_000
                ? new Deadline(null, rounds)
                : throw new InputException(node.Mark, $"'within' is {Expected}; found '{text}'");
        }

        Quantity time = Keys.ReadQuantity("within", node, "2 s", Dimension.OfTime, "0 s", "1 y");
        return time.Value > 0 ? new Deadline(Nanoseconds(time), null) : throw new InputException(node.Mark, "'within' must be above zero");
    }

    private sealed record Deadline(long? Ns, long? Rounds);
}
