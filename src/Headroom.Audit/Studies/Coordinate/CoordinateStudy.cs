using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Members elect a leader whenever it dies, and clients take locks from a group: what each way costs, how long nobody leads, and what nobody can undercut.</summary>
public sealed class CoordinateStudy : Study<CoordinateInput>
{
    internal const int MembersMax = 128;

    internal static readonly Key<IReadOnlyDictionary<string, int>> MembersKey = PlaceKeys.Counts("members", "who elects, in one place or by region; of a topology file its nodes", MembersMax);
    internal static readonly Key<string> TopologyKey = new Key<string>("topology", "all | ring | a file", "who has a link to whom; of a file's nodes every link goes both ways (REPETITA, GraphML)",
        (node, context) => Keys.ReadText("topology", node, "all, ring or a file") is { } shape && (shape is "all" or "ring") ? shape : Keys.File("topology", "").Read(node, context)).Or("all");
    internal static readonly Key<string> TransportKey = Keys.Choice("transport", "tcp: what links lose comes later, 200 ms and a round trip each time; udp: it is lost", "tcp", "udp").Or("tcp");
    internal static readonly Key<Section> NetworkKey = LinkKeys.NetworkWith(LinkKeys.Latency, PlaceKeys.Between, TransportKey).Required();
    internal static readonly Key<Quantity> FailuresKey = Keys.Positive("failures", "12/y", "how often a leader dies").Required();
    internal static readonly Key<Quantity> TimeOutKey = Keys.Quantity("time-out", "1 s", "who hears nothing of the leader for so long takes it for dead; raft(…) has its own", "1 ms", "1 h").Required();
    internal static readonly Key<Quantity> HeartbeatKey = Keys.Quantity("heartbeat", "500 ms", "how often the leader says that it lives; half the time-out where left out", "100 us", "1 h");
    internal static readonly Key<Quantity> WithinKey = Keys.Positive("within", "3 s", "99 of 100 times all know the next leader within");
    internal static readonly Key<Quantity> LockKey = Keys.Positive("lock p99", "100 ms", "99 of 100 locks are had within");
    internal static readonly Key<Quantity> HandoverKey = Keys.Positive("handover", "10 s", "after a holder's crash somebody else has its lock within, on average");
    internal static readonly Key<Section> GoalKey = Keys.Section("goal", "what a way must reach", WithinKey, LockKey, HandoverKey).Or("{}");
    internal static readonly Key<StrategyCall> NowKey = Keys.Strategy("now", "what elects today", ElectionWays.Forms).Required();
    internal static readonly Key<IReadOnlyList<StrategyCall>> TryKey = Keys.Strategies("try", "elections to compare with, in place of all that can run", ElectionWays.Forms);

    internal static readonly Key<Quantity> LockRateKey = Keys.Positive("rate", "20/s", "locks taken, by all clients").Required();
    internal static readonly Key<Quantity> HoldKey = Keys.Quantity("hold", "200 ms", "how long a lock is held", "0 s", "1 h").Required();
    internal static readonly Key<Quantity> LeaseKey = Keys.Quantity("lease", "5 s", "a lock is its holder's for so long, and renewed when half of that is over", "1 ms", "1 h").Required();
    internal static readonly Key<Quantity> PollKey = Keys.Quantity("poll", "100 ms", "from one look at a lock that another holds to the next", "100 us", "1 h").Or("100 ms");
    internal static readonly Key<long> LocksKey = Keys.Count("locks", "locks that there are; each time any of them is wanted", 1, 1000).Or("100");
    internal static readonly Key<IReadOnlyDictionary<string, double>> ClientsKey = PlaceKeys.Shares("clients", "from where locks are taken; evenly from the members' regions where left out");
    internal static readonly Key<Quantity> DiskKey = Keys.Quantity("disk", "1 ms", "time in which a member makes a record durable", "0 s", "10 s").Or("1 ms");
    internal static readonly Key<StrategyCall> LockNowKey = Keys.Strategy("now", "what keeps the locks today", AgreementStrategies.Forms).Or("raft");
    internal static readonly Key<IReadOnlyList<StrategyCall>> LockTryKey = Keys.Strategies("try", "ways to compare with, in place of all that can keep locks", AgreementStrategies.Forms);
    internal static readonly Key<Section> LockingKey = Keys.Section("locking", "clients take locks from the members", LockRateKey, HoldKey, LeaseKey, PollKey, LocksKey, ClientsKey, DiskKey, LockNowKey, LockTryKey);

    public static Metric Messages { get; } = new("messages", Unit.Count("messages"), Side.Floor, "messages of an election, until all who live know the leader");

    public static Metric Worst { get; } = new("messages worst", Unit.Count("messages"), Side.Floor, "the most messages of an election that was run; on rings, sorted both ways and bit-reversed identifiers among them");

    public static Metric Bytes { get; } = new("bytes", Unit.Byte, Side.Floor, "bytes on the wire for an election, packet headers included");

    public static Metric Rounds { get; } = new("rounds", Unit.Count("rounds"), Side.Floor, "time from the first message until all know, in delays of one message, where all delays are equal");

    public static Metric Time { get; } = new("time", Unit.Second, Side.Floor, "mean time from the leader's crash until all who live know the next one: noticing and election");

    public static Metric TimeP99 { get; } = new("time p99", Unit.Second, Side.Floor, "time within which 99 of 100 times all know the next leader");

    public static Metric Leaderless { get; } = new("leaderless", Unit.Ratio("s/year"), Side.Floor, "seconds a year in which not all know a living leader: failures times time");

    public static Metric Agreed { get; } = new("agreed", Unit.Percent, Side.Ceiling, "share of the elections after which all take the same one for leader, and it alone takes itself for it");

    public static Metric LockMessages { get; } = new("lock messages", Unit.Count("messages"), Side.Floor, "messages for taking a lock, keeping it and giving it back, all that flows anyway included");

    public static Metric LockBytes { get; } = new("lock bytes", Unit.Byte, Side.Floor, "bytes on the wire for the same");

    public static Metric LockRounds { get; } = new("lock rounds", Unit.Count("rounds"), Side.Floor, "message delays in sequence until a client knows that it has a free lock");

    public static Metric Acquire { get; } = new("acquire", Unit.Second, Side.Floor, "mean time from when a lock is wanted until its client knows that it has it");

    public static Metric AcquireP99 { get; } = new("acquire p99", Unit.Second, Side.Floor, "time within which 99 of 100 locks are had");

    public static Metric ReleaseP99 { get; } = new("release p99", Unit.Second, Side.Floor, "time within which 99 of 100 times others may have a lock that was given back, and its client knows it");

    public static Metric Handover { get; } = new("handover", Unit.Second, Side.Floor, "mean time from a holder's crash until a client that waits has its lock");

    public static Metric Doubles { get; } = new("double holders", Unit.Count("grants"), Side.Floor, "grants of a lock that another client still took for its own; must be 0");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "coordinate",
        Summary = "members elect a leader whenever it dies, and clients take locks from them: messages, time without a leader, locks' latency and handover",
        Keys = [MembersKey, TopologyKey, NetworkKey, FailuresKey, TimeOutKey, HeartbeatKey, GoalKey, NowKey, TryKey, LockingKey],
        Metrics = [Messages, Worst, Bytes, Rounds, Time, TimeP99, Leaderless, Agreed, LockMessages, LockBytes, LockRounds, Acquire, AcquireP99, ReleaseP99, Handover, Doubles],
        Strategies = [.. ElectionWays.Forms, .. AgreementStrategies.Forms.Where(form => ElectionWays.Forms.All(election => election.Name != form.Name))],
        ClaimTopics = CoordinateClaims.Topics,
        Example = """
            members: { us: 2, eu: 2, asia: 1 }
            network: { latency: 0.5 ms, between: { us-eu: 40 ms, us-asia: 75 ms, eu-asia: 110 ms }, jitter: 1 ms }
            failures: 12/y
            time-out: 2 s
            goal: { within: 6 s, lock p99: 500 ms, handover: 10 s }
            now: bully
            locking: { rate: 20/s, hold: 200 ms, lease: 5 s, clients: { us: 60 %, eu: 40 % }, now: raft }
            """,
    };

    protected override CoordinateInput Read(Section activity) => CoordinateReader.Read(activity);

    protected override StudyResult Run(CoordinateInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        ElectionWay[] ways = [input.Now, .. input.Others.Where(way => way != input.Now).Distinct()];
        int parts = ways.Length + (input.Locking?.Ways.Count ?? 0);
        var elections = new List<ElectionRuns>();
        foreach (ElectionWay way in ways)
        {
            elections.Add(ElectionRuns.Of(way, input, context, (share, doing) => context.Report((elections.Count + share) / parts, doing)));
        }

        var locks = new List<LockRuns>();
        foreach (AgreementStrategy strategy in input.Locking?.Ways ?? [])
        {
            locks.Add(LockRuns.Of(strategy, input, context, (share, doing) => context.Report((elections.Count + locks.Count + share) / parts, doing)));
        }

        return new StudyResult
        {
            Findings = [.. ElectionFindings.Compose(input, context, elections), .. LockFindings.Compose(input, context, locks)],
            Exhibits = CoordinateExhibits.Of(input, elections, locks),
            Notes = CoordinateExhibits.Notes(input, elections, locks),
            Judged = CoordinateClaims.Judge(input, context, elections, locks),
        };
    }
}
