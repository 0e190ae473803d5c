using Headroom.Audit.Reading;
using Headroom.Consensus.Watch;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Watch;

/// <summary>What does it cost to tell all who watch a store of every change, and what must they learn?</summary>
public sealed class WatchStudy : Study<WatchInput>
{
    /// <summary>Messages that are run for one strategy at most.</summary>
    private const double MessagesMax = 5e6;

    private static readonly Key<Quantity> DurationKey = Keys.Quantity("duration", "10 s", "how long updates come in a run", "1 ms", "1 h").Or("10 s");
    private static readonly Key<Quantity> LatencyKey = Keys.Quantity("latency", "250 us", "one way between any two", "0 s", "60 s").Or("250 us");
    private static readonly Key<Quantity> BandwidthKey = Keys.Positive("bandwidth", "10 Gbit/s", "speed of each line, each way").Or("10 Gbit/s");
    private static readonly Key<double> LossKey = Keys.Share("loss", "share of the messages that are lost; who was told nothing for 200 ms is then sent a bookmark, and a watcher asks for what it missed", 0, 0.5).Or("0 %");
    private static readonly Key<Section> NetworkKey = Keys.Section("network", "how links behave", LatencyKey, BandwidthKey, LossKey);
    private static readonly Key<long> MembersKey = Keys.Count("members", "members that agree on each entry, by Raft", 1, 101, "members").Or("5");
    private static readonly Key<Quantity> DiskKey = Keys.Quantity("disk", "1 ms", "how long a member takes to make a record durable", "0 s", "10 s").Or("1 ms");
    private static readonly Key<Section> StoreKey = Keys.Section("store", "the store that is watched", MembersKey, DiskKey);
    private static readonly Key<Quantity> P99Key = Keys.Positive("p99", "100 ms", "99 of 100 changes are known to each interested watcher within");
    private static readonly Key<Quantity> StoreLoadKey = Keys.Positive("store", "10000/s", "messages that the store sends itself at most");
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must reach", P99Key, StoreLoadKey);
    private static readonly Key<WatchStrategy> NowKey = new Key<WatchStrategy>("now", "a strategy, such as grouped or relayed(32)+batched(50 ms)", "how watchers are told today", (node, _) => Strategy("now", node)).Required();
    private static readonly Key<IReadOnlyList<WatchStrategy>> TryKey = new("try", "a list of strategies", "strategies to compare with, in place of the usual ones",
        (node, _) => node is SequenceNode list ? [.. list.Items.Select(item => Strategy("try", item))] : [Strategy("try", node)]);

    public static Metric Bytes { get; } = new("bytes", Unit.Parse("B/s"), Side.Floor, "bytes of messages that the store and its relays send to tell watchers, headers not counted; where messages are lost, bookmarks and questions are among them");

    public static Metric Messages { get; } = new("messages", Unit.PerSecond, Side.Floor, "messages that tell of changes, the store's and its relays'; where messages are lost, bookmarks and questions are among them");

    public static Metric StoreMessages { get; } = new("store", Unit.PerSecond, Side.Floor, "those that the store sends itself");

    public static Metric P50 { get; } = new("p50", Unit.Millisecond, Side.Floor, "time from a change until an interested watcher knows it that half of the deliveries stay within");

    public static Metric P99 { get; } = new("p99", Unit.Millisecond, Side.Floor, "the same for 99 of 100 deliveries");

    public static Metric Commit { get; } = new("commit", Unit.Millisecond, Side.Floor, "time that half of the store's entries take to be agreed on");

    public static Metric Entries { get; } = new("entries", Unit.PerSecond, Side.Floor, "entries that the store agrees on: one for each update, or for each batch");

    public static Metric Ratio { get; } = new("ratio", Unit.Percent, Side.Floor, "bytes sent for each byte of all deliveries as whole objects");

    public static Metric Efficiency { get; } = new("efficiency", Unit.Percent, Side.Ceiling, "what watchers must learn (consensus.watch-bytes) over what they took in");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "watch",
        Summary = "watchers of a store are told of every change: bytes, messages, delay, and what they must learn at least",
        Keys = [.. WatchReader.AllKeys, NetworkKey, StoreKey, DurationKey, GoalKey, NowKey, TryKey],
        Metrics = [Bytes, Messages, StoreMessages, P50, P99, Commit, Entries, Ratio, Efficiency],
        Strategies = WatchStrategy.Forms,
        Wrappers = WatchStrategy.Wrappers,
        ClaimTopics = WatchClaims.Topics,
        Example = """
            watchers: 300              # or profile: microservices
            controllers: 2
            objects:
              - { name: pods, count: 3000, topics: 300, watched by: 1, updates: 1500/min, fields: 40, field: 64 B, changed: 3, random: 8 B }
              - { name: services, count: 100, watched by: 300, updates: 500/h }
            store: { members: 5, disk: 1 ms }
            goal: { p99: 100 ms }
            now: grouped
            """,
    };

    protected override WatchInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Section? network = activity.TryGet(NetworkKey, out Section? links) ? links : null;
        Section? store = activity.TryGet(StoreKey, out Section? given) ? given : null;
        Section? goal = activity.TryGet(GoalKey, out Section? stated) ? stated : null;
        var plain = new WatchOptions { Kinds = [], Nodes = 1, DurationNs = 1 };
        double loss = network?.Get(LossKey) ?? 0;
        WatchOptions options = WatchReader.Read(activity, Nanoseconds(activity.Get(DurationKey))) with
        {
            StoreMembers = (int)(store?.Get(MembersKey) ?? plain.StoreMembers),
            LinkNs = network is null ? plain.LinkNs : Nanoseconds(network.Get(LatencyKey)),
            BandwidthBps = network is null ? plain.BandwidthBps : network.Get(BandwidthKey).In(Unit.BitPerSecond),
            Loss = loss,
            BookmarkNs = loss > 0 ? 200_000_000 : null,
            // Nobody is behind for so long, and so nobody lists; what is older need not be kept.
            HistoryNs = loss > 0 ? 60_000_000_000 : null,
        };
        WatchStrategy now = activity.Get(NowKey);
        IReadOnlyList<WatchStrategy> others = activity.TryGet(TryKey, out IReadOnlyList<WatchStrategy>? tried) ? tried : Usual;
        var input = new WatchInput
        {
            Options = options,
            DiskNs = store is null ? 1_000_000 : Nanoseconds(store.Get(DiskKey)),
            P99Ms = goal is not null && goal.TryGet(P99Key, out Quantity p99) ? p99.In(Unit.Millisecond) : null,
            StoreMessages = goal is not null && goal.TryGet(StoreLoadKey, out Quantity messages) ? messages.Base : null,
            Now = now,
            Others = [.. others.Where(strategy => strategy != now).Distinct()],
        };
        WatchStrategy loudest = others.Prepend(now).MaxBy(strategy => WatchRuns.RoughMessages(input, strategy))!;
        double sent = WatchRuns.RoughMessages(input, loudest);
        return sent <= MessagesMax ? input
            : throw activity.Fail(DurationKey, $"{loudest} sends about {Print.Prefixed(sent)} messages in {activity.Get(DurationKey)}, and {Print.Prefixed(MessagesMax)} are run at most: shorten 'duration', or leave it out by 'try'");
    }

    protected override StudyResult Run(WatchInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        WatchStrategy[] strategies = [input.Now, .. input.Others];
        IReadOnlyList<WatchRuns> runs = context.Each(strategies, (strategy, report) => WatchRuns.Of(strategy, input, context, report), share: 0.9);
        return new StudyResult
        {
            Findings = WatchFindings.Compose(input, context, runs),
            Exhibits = WatchExhibits.Of(input, context, runs),
            Judged = WatchClaims.Judge(input, context, runs),
            Notes = WatchFindings.Notes(input, runs),
        };
    }

    private static IReadOnlyList<WatchStrategy> Usual { get; } =
    [
        new(false), new(true), new(true, true), new(true, true, 50_000_000), new(true, true, 1_000_000_000), new(true, true, 0, 32), new(true, true, 50_000_000, 32),
    ];

    private static WatchStrategy Strategy(string name, Node node) =>
        WatchStrategy.TryParse(Keys.ReadText(name, node, "a strategy"), out WatchStrategy? strategy, out string? problem) ? strategy : throw new InputException(node.Mark, problem);

    private static long Nanoseconds(Quantity time) => (long)Math.Round(time.Base * 1e9);
}
