using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>Values kept on several servers: what a write and a read cost, how long they take, what a lost server interrupts, and what nobody can undercut.</summary>
public sealed class ReplicateStudy : Study<ReplicateInput>
{
    internal const int ServersMax = 31;
    internal const int ValueBytesMax = 1_000_000;

    internal static readonly Key<IReadOnlyDictionary<string, int>> ServersKey = PlaceKeys.Counts("servers", "servers that each keep everything, in one place or by region", ServersMax).Required();
    internal static readonly Key<IReadOnlyDictionary<string, double>> ClientsKey = PlaceKeys.Shares("clients", "from where operations come; evenly from the servers' regions where left out");
    internal static readonly Key<string> TransportKey = Keys.Choice("transport", "tcp: what links lose comes later, 200 ms and a round trip each time, and holds up what is behind it; udp: it is lost, and only the protocol may send it again", "tcp", "udp").Or("tcp");
    internal static readonly Key<Section> NetworkKey = LinkKeys.NetworkWith(LinkKeys.Latency.Required(), PlaceKeys.Between, TransportKey).Required();
    internal static readonly Key<Quantity> ValueKey = Keys.Checked(Keys.Positive("value", "1 kB", "what is written and read at a time"),
        (_, q) => q.In(Unit.Byte) is >= 1 and <= ValueBytesMax ? null : "'value' lies between 1 B and 1 MB").Required();
    internal static readonly Key<Quantity> RateKey = Keys.Positive("rate", "200/s", "operations, of all clients").Required();
    internal static readonly Key<int> ReadsKey = Keys.Percent("reads", "share of the operations that read").Or("0 %");
    internal static readonly Key<long> GroupsKey = Keys.Count("groups", "independent groups on the same servers that share the operations evenly: partitions, shards", 1, 10_000_000).Or("1");
    internal static readonly Key<double> CriticalKey = Keys.Share("critical", "share of the operations that the goals are about; the others may be kept later (then pairs of strategies are tried too)", 0.001, 0.999);
    internal static readonly Key<Quantity> DiskKey = Keys.Quantity("disk", "1 ms", "time in which a server makes a record durable", "0 s", "10 s").Or("1 ms");
    internal static readonly Key<Quantity> P99Key = Keys.Positive("p99", "100 ms", "99 of 100 writes are answered within");
    internal static readonly Key<Quantity> ReadP99Key = Keys.Positive("read p99", "50 ms", "99 of 100 reads are answered within");
    internal static readonly Key<long> SurviveKey = Keys.Count("survive", "servers that may be lost for good: answered writes stay, service goes on", 0, ServersMax - 1, "failures").Or("1");
    internal static readonly Key<double> AvailableKey = Keys.Share("available", "share of the operations answered in time while so many servers are lost, the leader among them, in the minute about the loss");
    internal static readonly Key<Quantity> InTimeKey = Keys.Positive("in time", "1 s", "an operation that takes longer is not answered in time").Or("1 s");
    internal static readonly Key<string> OrderKey = Keys.Choice("order", "linearizable: all see one order, which agrees with time; any: they need not", "linearizable", "any").Or("linearizable");
    internal static readonly Key<string> DurableKey = Keys.Choice("durable", "answered writes outlive a loss of power everywhere", "yes", "no").Or("no");
    internal static readonly Key<Section> GoalKey = Keys.Section("goal", "what a way to replicate must reach", P99Key, ReadP99Key, SurviveKey, AvailableKey, InTimeKey, OrderKey, DurableKey).Or("{ survive: 1 }");
    internal static readonly Key<StrategyCall> NowKey = Keys.Strategy("now", "how it is done today", AgreementStrategies.Forms).Required();
    internal static readonly Key<string> LeaderKey = Keys.Text("leader", "the region that leads today, where servers are in several");
    internal static readonly Key<IReadOnlyList<StrategyCall>> TryKey = Keys.Strategies("try", "strategies to compare with, in place of the usual ones", AgreementStrategies.Forms);

    public static Metric Bytes { get; } = new("bytes", Unit.Byte, Side.Floor, "bytes on the wire for an operation, protocol and packet headers and all that flows anyway included");

    public static Metric Messages { get; } = new("messages", Unit.Count("messages"), Side.Floor, "messages for an operation, the client's own and all that flow anyway included");

    public static Metric Rounds { get; } = new("rounds", Unit.Count("rounds"), Side.Floor, "message delays in sequence from a write's request to its answer, without faults");

    public static Metric Write { get; } = new("write", Unit.Second, Side.Floor, "median time from when a write was due until it is answered");

    public static Metric WriteP99 { get; } = new("write p99", Unit.Second, Side.Floor, "time within which 99 of 100 writes are answered");

    public static Metric Read99 { get; } = new("read p99", Unit.Second, Side.Floor, "time within which 99 of 100 reads are answered");

    public static Metric ReadTime { get; } = new("read", Unit.Second, Side.Floor, "median time from when a read was due until it is answered");

    public static Metric Answered { get; } = new("answered", Unit.Percent, Side.Ceiling, "share of the operations that are answered at all, nothing lost but messages");

    public static Metric Available { get; } = new("available", Unit.Percent, Side.Ceiling, "share of the operations answered in time in the minute in which the servers that the goal names are lost");

    public static Metric Outage { get; } = new("outage", Unit.Second, Side.Floor, "the longest that an operation waits in that minute");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "replicate",
        Summary = "values kept on several servers: messages, bytes, delays, latency and availability of each way to agree, and what it costs between regions",
        Keys = [ServersKey, ClientsKey, NetworkKey, ValueKey, RateKey, ReadsKey, GroupsKey, CriticalKey, DiskKey, GoalKey, NowKey, LeaderKey, TryKey],
        Metrics = [Bytes, Messages, Rounds, Write, WriteP99, ReadTime, Read99, Answered, Available, Outage],
        Strategies = AgreementStrategies.Forms,
        Wrappers = AgreementStrategies.Forms,
        ClaimTopics = ReplicateClaims.Topics,
        Example = """
            servers: { us: 2, eu: 2, asia: 1 }
            clients: { us: 60 %, eu: 30 %, asia: 10 % }
            network: { latency: 0.5 ms, between: { us-eu: 40 ms, us-asia: 75 ms, eu-asia: 110 ms }, jitter: 1 ms, loss: 0.1 % }
            value: 1 kB
            rate: 200/s
            reads: 80 %
            disk: 1 ms
            goal: { p99: 300 ms, survive: 1 failure, available: 95 %, in time: 1 s }
            now: raft
            leader: eu
            """,
    };

    protected override ReplicateInput Read(Section activity) => ReplicateReader.Read(activity);

    protected override StudyResult Run(ReplicateInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        ReplicateOption[] options = [input.Now, .. input.Others.Concat(ReplicateClaims.OptionsOf(context.Claims, input)).Where(option => option != input.Now).Distinct()];
        IReadOnlyList<ReplicateRuns> runs = context.Each(options, (option, report) => ReplicateRuns.Of(option, input, context, report));
        IReadOnlyList<Finding> findings = ReplicateFindings.Compose(input, context, runs);
        return new StudyResult
        {
            Findings = findings,
            Exhibits = ReplicateExhibits.Of(input, runs),
            Notes = ReplicateFindings.Notes(input, runs),
            Judged = ReplicateClaims.Judge(input, context, runs, findings),
        };
    }
}
