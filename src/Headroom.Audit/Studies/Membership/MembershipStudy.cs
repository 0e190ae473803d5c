using Headroom.Audit.Reading;
using Headroom.Dissemination.Detection;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Membership;

/// <summary>How fast is a dead node noticed, at what chatter, with what mistakes, and what is the floor?</summary>
public sealed class MembershipStudy : Study<MembershipInput>
{
    /// <summary>Heartbeats of all to all among more are not run one by one.</summary>
    private const int MembersMax = 1000;

    private static readonly Key<long> MembersKey = Keys.Count("members", "members that all reach each other", 2, MembersMax).Required();
    private static readonly Key<Quantity> PeriodKey = Keys.Positive("period", "1 s", "how often each member acts: one ping, one heartbeat, one gossip").Required();
    private static readonly Key<Quantity> LatencyKey = Keys.Quantity("latency", "40 ms", "minimum latency between any two", "0 s", "1 h").Required();
    private static readonly Key<Quantity> JitterKey = Keys.Quantity("jitter", "5 ms", "mean of what the network adds, exponential", "0 s", "1 h").Or("0 ms");
    private static readonly Key<double> LossKey = Keys.Share("loss", "probability that a message is lost on its way", 0, 0.9).Or("0 %");
    private static readonly Key<Quantity> BandwidthKey = Keys.Positive("bandwidth", "100 Mbit/s", "speed of each member's line, each way; infinite where left out");
    private static readonly Key<Section> NetworkKey = Keys.Section("network", "how links behave", LatencyKey, JitterKey, LossKey, BandwidthKey).Required();
    private static readonly Key<Quantity> WithinKey = Keys.Positive("within", "10 s", "19 of 20 crashes are declared by somebody within");
    private static readonly Key<Quantity> MistakesKey = Keys.Quantity("mistakes", "0.1/day", "live members declared dead, a member and time", "0/s");
    private static readonly Key<double> ChatterKey = Keys.Number("messages", "messages that a member may send in a period", 0);
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must reach", WithinKey, MistakesKey, ChatterKey);
    private static readonly Key<StrategyCall> NowKey = Keys.Strategy("now", "how the dead are noticed today", DetectionRegistry.Forms).Required();
    private static readonly Key<IReadOnlyList<StrategyCall>> TryKey = Keys.Strategies("try", "strategies to compare with, in place of the usual ones", DetectionRegistry.Forms);

    public static Metric Noticed { get; } = new("noticed", Unit.Second, Side.Floor, "mean time from a crash until the first live member declares it");

    public static Metric Known { get; } = new("known", Unit.Second, Side.Floor, "mean time from a crash until every live member has declared it");

    public static Metric Messages { get; } = new("messages", Unit.Ratio("messages/member/period"), Side.Floor, "messages that a member sends in a period");

    public static Metric Bytes { get; } = new("bytes", Unit.Byte, Side.Floor, "bytes that a member puts on the wire in a period, packet headers included");

    public static Metric Mistakes { get; } = new("mistakes", Unit.Ratio("mistakes/member/day"), Side.Floor, "live members that somebody declares dead, a member and day");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "membership",
        Summary = "members watch each other: how fast a dead one is noticed and known, at what chatter, with what mistakes",
        Keys = [MembersKey, NetworkKey, PeriodKey, GoalKey, NowKey, TryKey],
        Metrics = [Noticed, Known, Messages, Bytes, Mistakes],
        Strategies = DetectionRegistry.Forms,
        Example = """
            members: 200
            period: 1 s
            network: { latency: 20 ms, jitter: 5 ms, loss: 1 %, bandwidth: 100 Mbit/s }
            goal: { within: 30 s, mistakes: 0.1/day, messages: 10 }
            now: heartbeat(3)
            """,
    };

    protected override MembershipInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Section network = activity.Get(NetworkKey);
        long jitterNs = Nanoseconds(network.Get(JitterKey));
        var setting = new DetectionSetting
        {
            Network = new NetworkOptions
            {
                Topology = Topology.Complete((int)activity.Get(MembersKey), Nanoseconds(network.Get(LatencyKey))),
                Jitter = jitterNs == 0 ? Jitter.None : new Jitter(JitterShape.Exponential, jitterNs),
                Loss = network.Get(LossKey),
                BandwidthBps = network.TryGet(BandwidthKey, out Quantity bandwidth) ? bandwidth.Base : double.PositiveInfinity,
            },
            PeriodNs = Period(activity),
        };
        DetectionStrategy now = Strategy(activity, NowKey, activity.Get(NowKey), setting);
        IEnumerable<DetectionStrategy> others = activity.TryGet(TryKey, out IReadOnlyList<StrategyCall>? calls)
            ? calls.Select(call => Strategy(activity, TryKey, call, setting))
            : DetectionRegistry.All.SelectMany(entry => entry.Usual).Where(strategy => strategy.Problem(setting) is null);
        Section? goal = activity.TryGet(GoalKey, out Section? given) ? given : null;
        return new MembershipInput
        {
            Setting = setting,
            WithinSeconds = goal is not null && goal.TryGet(WithinKey, out Quantity within) ? within.Base : null,
            MistakesPerSecond = goal is not null && goal.TryGet(MistakesKey, out Quantity mistakes) ? mistakes.Base : null,
            MessagesPerPeriod = goal is not null && goal.TryGet(ChatterKey, out double messages) ? messages : null,
            Now = now,
            Others = [.. others.Where(strategy => strategy != now).Distinct()],
        };
    }

    protected override StudyResult Run(MembershipInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        DetectionStrategy[] strategies = [input.Now, .. input.Others];
        IReadOnlyList<MembershipRuns> runs = context.Each(strategies, (strategy, report) => MembershipRuns.Of(strategy, input, context, report));
        return new StudyResult
        {
            Findings = MembershipFindings.Compose(input, context, runs),
            Exhibits = MembershipFindings.Exhibits(input, runs),
            Notes = MembershipFindings.Notes(input, runs),
        };
    }

    private static long Period(Section activity)
    {
        Quantity period = activity.Get(PeriodKey);
        double ns = period.Base * 1e9;
        return ns is >= 1000 and <= 1e14 ? (long)Math.Round(ns) : throw activity.Fail(PeriodKey, $"'period' lies between 1 us and 1 day; found '{period}'");
    }

    private static DetectionStrategy Strategy(Section activity, Key key, StrategyCall call, DetectionSetting setting)
    {
        DetectionStrategy strategy = DetectionRegistry.Of(call);
        return strategy.Problem(setting) is { } problem ? throw activity.Fail(key, problem) : strategy;
    }

    private static long Nanoseconds(Quantity time) => (long)Math.Round(time.Base * 1e9);
}
