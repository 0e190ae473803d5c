using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>One payload to everybody: flooding, gossip, trees and their hybrid, run on the simulator and held against what no protocol can undercut.</summary>
public sealed class BroadcastStudy : Study<BroadcastInput>
{
    private const int MembersMax = 1_000_000;
    private const double LineTimeSecondsMax = 1e8;
    private const long PopulationMax = 1_000_000_000_000;

    private static readonly Key<long> MembersKey = Keys.Count("members", "members that all reach each other", 2, MembersMax);
    private static readonly Key<string> TopologyKey = Keys.File("topology", "in place of members: who has a link to whom, REPETITA (.graph) or GraphML");
    private static readonly Key<string> OriginKey = Keys.Text("origin", "the node of the topology that broadcasts; its first one where left out");
    private static readonly Key<Quantity> PayloadKey = Keys.Checked(Keys.Positive("payload", "2 kB", "what every member is to have"),
        (_, q) => q.Base is >= 8 and <= 8e9 ? null : "'payload' lies between 1 B and 1 GB").Required();
    private static readonly Key<Quantity> RateKey = Keys.Positive("rate", "20/min", "broadcasts; money needs it, and members must keep up with it");
    private static readonly Key<long> PopulationKey = Keys.Count("population", "receivers in all, where each member serves an equal share of them by itself", 2, PopulationMax);
    private static readonly Key<double> FailuresKey = Keys.Share("failures", "share of the members that are dead from the start, unknown to the others", 0, 0.95).Or("0 %");
    private static readonly Key<FaultsChoice> FaultsKey = new("faults", "statements such as 'at 20 ms crash 3', a list of them, a file of them, or swarm (docs/faults.md)", "what befalls members and links since the broadcast began",
        (node, context) => FaultsChoice.Read("faults", node, context));
    private static readonly Key<double> DeliveredKey = Keys.Share("delivered", "share of the live members that must have the payload", 1e-9).Or("99.99 %");
    private static readonly Key<Deadline> WithinKey = new("within", "a time or a number of synchronous rounds, such as 2 s or 3 rounds", "by when", ReadDeadline);
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must reach", DeliveredKey, WithinKey).Or("{ delivered: 99.99 % }");
    /// <summary>Strategies that theory says send more messages in one broadcast are run only when asked for.</summary>
    private const double UsualMessagesMax = 500_000;

    private static readonly Key<BroadcastStrategy> NowKey = BroadcastStrategyKeys.One("now", "how it is done today").Required();
    private static readonly Key<IReadOnlyList<BroadcastStrategy>> TryKey = BroadcastStrategyKeys.Several("try", "strategies to compare with, in place of the usual ones");

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
        Keys = [MembersKey, TopologyKey, OriginKey, PayloadKey, RateKey, PopulationKey, LinkKeys.Network, FailuresKey, FaultsKey, GoalKey, NowKey, TryKey],
        Metrics = [Payloads, Bytes, Messages, Rounds, Hops, Time, Delivered],
        Strategies = BroadcastRegistry.Forms,
        Wrappers = BroadcastRegistry.Wrappers,
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
        Section? network = activity.TryGet(LinkKeys.Network, out Section? given) ? given : null;
        (Topology topology, int origin) = ReadTopology(activity, network);
        FaultsChoice faults = activity.TryGet(FaultsKey, out FaultsChoice? written) ? written : FaultsChoice.None;
        BroadcastSetting setting = faults.In(new BroadcastSetting
        {
            Network = LinkKeys.Read(topology, network),
            PayloadBytes = (int)Math.Ceiling(activity.Get(PayloadKey).In(Unit.Byte)),
            Origin = origin,
            Failures = activity.Get(FailuresKey),
        });
        double lineSeconds = setting.PayloadBytes * 8.0 / setting.Network.BandwidthBps * setting.Members;
        if (lineSeconds > LineTimeSecondsMax)
        {
            throw LinkKeys.FailBandwidth(network!, "at this bandwidth one line would take over three years to send the payload to every member");
        }

        BroadcastStrategy now = Runnable(activity, NowKey, activity.Get(NowKey), setting);
        bool isChosen = activity.TryGet(TryKey, out IReadOnlyList<BroadcastStrategy>? tried);
        (BroadcastStrategy Strategy, string? Why)[] usual = isChosen ? []
            : [.. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual).Where(s => s.Problem(setting) is null).Select(s => (s, Costly(s, setting) ?? Problem(s, setting)))];
        IEnumerable<BroadcastStrategy> others = isChosen ? tried!.Select(strategy => Runnable(activity, TryKey, strategy, setting)) : usual.Where(u => u.Why is null).Select(u => u.Strategy);
        Section goal = activity.Get(GoalKey);
        Deadline deadline = goal.TryGet(WithinKey, out Deadline? within) ? within : new Deadline(null, null);
        if (deadline.Rounds is not null && BroadcastTheory.NoRounds(now, setting) is { } noRounds)
        {
            throw goal.Fail(WithinKey, $"a goal in rounds cannot be held against {now} here: {noRounds}");
        }

        return new BroadcastInput
        {
            Setting = setting,
            Goal = new BroadcastGoal(goal.Get(DeliveredKey), deadline.Ns, deadline.Rounds),
            RatePerSecond = activity.TryGet(RateKey, out Quantity rate) ? rate.In(Unit.PerSecond) : null,
            Population = activity.TryGet(PopulationKey, out long population)
                ? population >= setting.Members ? population : throw activity.Fail(PopulationKey, $"'population' counts the members too: it is at least {setting.Members}")
                : null,
            Faults = faults.Words,
            PassedOver = [.. usual.Where(u => u.Why is not null && u.Strategy != now).Select(u => (u.Strategy, u.Why!))],
            AreOthersUsual = !isChosen,
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

    /// <summary>Why the strategy can neither run nor be counted here, or null.</summary>
    internal static string? Problem(BroadcastStrategy strategy, BroadcastSetting setting)
    {
        if (strategy.Problem(setting) is { } problem)
        {
            return problem;
        }

        double messages = BroadcastTheory.MessagesExpected(strategy, setting, 1);
        return FloodArithmetic.Holds(strategy, setting) ? FloodArithmetic.Problem(strategy, setting)
            : messages > BroadcastCellPlan.MessagesMax ? $"{strategy}: about {Print.Prefixed(messages)} messages a broadcast are too many to run"
            : null;
    }

    /// <summary>What theory says takes very many messages (flooding has a closed form) is not tried unless asked for.</summary>
    private static string? Costly(BroadcastStrategy strategy, BroadcastSetting setting) =>
        strategy is not FloodingStrategy && BroadcastTheory.MessagesOnPlainLinks(strategy, setting) is { Average: > UsualMessagesMax } ? "theory says that they take very many messages here" : null;

    private static BroadcastStrategy Runnable(Section activity, Key key, BroadcastStrategy strategy, BroadcastSetting setting) =>
        Problem(strategy, setting) is { } problem ? throw activity.Fail(key, problem) : strategy;

    private static (Topology Topology, int Origin) ReadTopology(Section activity, Section? network)
    {
        LinkLatency? latency = network is not null && network.TryGet(LinkKeys.Latency, out LinkLatency? given) ? given : null;
        bool hasMembers = activity.TryGet(MembersKey, out long members);
        if (activity.TryGet(TopologyKey, out string? path))
        {
            return hasMembers
                ? throw activity.Fail(TopologyKey, "give either 'members' or 'topology', not both")
                : BroadcastTopology.Read(activity, TopologyKey, path, OriginKey, latency is null ? null : (network!, LinkKeys.Latency, latency.Ns ?? throw network!.Fail(LinkKeys.Latency, "a matrix of regions is for members that all reach each other, and the topology has links of its own")));
        }

        if (!hasMembers)
        {
            throw new InputException(activity.Mark, $"{activity.Title} needs 'members' or 'topology'");
        }

        if (activity.IsGiven(OriginKey))
        {
            throw activity.Fail(OriginKey, "'origin' names a node of a topology; without one all members are alike");
        }

        return latency is not null
            ? (LinkKeys.Complete((int)members, latency, network!), 0)
            : throw new InputException(network?.Mark ?? activity.Mark, "'network' needs 'latency' (the minimum latency of every link, such as 40 ms)");
    }

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
