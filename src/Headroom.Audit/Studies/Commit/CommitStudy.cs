using Headroom.Audit.Links;
using Headroom.Audit.Reading;
using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Lab.Clocks;

namespace Headroom.Audit.Studies.Commit;

/// <summary>What do transactions across regions wait for, how many are aborted, and is their order that of real time?</summary>
public sealed class CommitStudy : Study<CommitInput>
{
    private const string NotMeasured = "'uncertainty: measured' needs a clock that a time service keeps";
    private const int ClientsMax = 600;
    private const double UncertaintyNsMax = 10e9;

    private static readonly Key<Section> NetworkKey = Keys.Section("network", "how far members are from each other", LinkKeys.Latency.Required(), PlaceKeys.Between).Required();
    private static readonly Key<Quantity> DiskKey = Keys.Quantity("disk", "500 us", "how long a record takes to become durable", "0 s", "1 h").Or("500 us");
    private static readonly Key<IReadOnlyDictionary<string, int>> GroupsKey = PlaceKeys.Counts("groups", "groups of replicas that hold the keys, in one place or by the region that leads them", 1000).Required();
    private static readonly Key<long> ReplicasKey = Keys.Count("replicas", "members of a group, each in the next region", 1, 15, "replicas").Or("3");
    private static readonly Key<long> ParticipantsKey = Keys.Count("participants", "groups that a transaction reads and writes a key in", 1, 64, "groups").Or("2");
    private static readonly Key<long> KeysKey = Keys.Count("keys", "keys that transactions want", 1, 1_000_000, "keys").Or("10 k");
    private static readonly Key<double> SkewKey = Keys.Number("skew", "exponent of Zipf's law by which keys are drawn; 0 draws all alike", 0, 10).Or("0");
    private static readonly Key<int> ReadsKey = Keys.Percent("reads", "share of the transactions that only read, at one timestamp and without locks", 0, 95).Or("0 %");
    private static readonly Key<Quantity> ValueKey = Keys.Checked(Keys.Quantity("value", "1 kB", "bytes of a key's value", "0 B", "1 MB"),
        (node, q) => q.In(Unit.Byte) == Math.Floor(q.In(Unit.Byte)) ? null : $"'value' is a whole number of bytes; found {node.Describe()}").Or("100 B");

    private static readonly Key<Quantity> RateKey = Keys.Quantity("rate", "100/s", "transactions that are due in a second, those that only read among them", "0.001/s", "1e6/s").Required();
    private static readonly Key<(long Ns, Provenance From)> UncertaintyKey = new Key<(long, Provenance)>("uncertainty", "time, such as 7 ms, or: measured", "how far a server's clock may be off; measured: what this machine's kernel says of its own",
        (node, _) => ReadUncertainty(node, KernelClock.Read)).Required();

    private static readonly Key<Quantity> P99Key = Keys.Positive("p99", "500 ms", "99 of 100 transactions that write are answered within");
    private static readonly Key<double> AbortsKey = Keys.Share("aborts", "share of the attempts that may be aborted");
    private static readonly Key<string> OrderKey = Keys.Choice("external consistency", "timestamps stand in the order of real time", "yes", "no").Or("yes");
    private static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must reach", P99Key, AbortsKey, OrderKey);
    private static readonly Key<CommitStrategy> NowKey = new Key<CommitStrategy>("now", "a strategy, such as truetime or wound-wait+truetime", "how transactions commit today", (node, _) => Strategy("now", node)).Required();
    private static readonly Key<IReadOnlyList<CommitStrategy>> TryKey = new("try", "a list of strategies", "strategies to compare with, in place of the usual ones",
        (node, _) => node is SequenceNode list ? [.. list.Items.Select(item => Strategy("try", item))] : [Strategy("try", node)]);

    public static Metric P99 { get; } = new("p99", Unit.Millisecond, Side.Floor, "time from when a transaction that writes was due to its answer that 99 of 100 stay within, attempts that were aborted in it");

    public static Metric P50 { get; } = new("p50", Unit.Millisecond, Side.Floor, "the same for half of them");

    public static Metric Wait { get; } = new("wait", Unit.Millisecond, Side.Floor, "commit wait that is paid on average: what is left of it when the commit is replicated");

    public static Metric Rounds { get; } = new("rounds", Unit.Count("delays"), Side.Floor, "message delays one after the other from the first read to the answer, without conflicts");

    public static Metric Aborts { get; } = new("aborts", Unit.Percent, Side.Floor, "share of the attempts to commit that are aborted");

    public static Metric Messages { get; } = new("messages", Unit.Ratio("messages/commit"), Side.Floor, "messages for each committed transaction that writes, those of aborted attempts among them");

    public static Metric Bytes { get; } = new("bytes", Unit.Byte, Side.Floor, "bytes on the wire for each transaction, headers, aborted attempts and those that only read among them");

    public static Metric Reversed { get; } = new("reversed", Unit.Percent, Side.Floor, "share of the transactions whose timestamp real time contradicts");

    public static Metric Snapshot { get; } = new("snapshot", Unit.Millisecond, Side.Floor, "time that half of the transactions which only read are answered within");

    public override KindSchema Schema { get; } = new()
    {
        Kind = "commit",
        Summary = "transactions over replicated groups in several regions: what they wait for, how many are aborted, whether their order is that of real time",
        Keys = [GroupsKey, NetworkKey, DiskKey, ReplicasKey, ParticipantsKey, KeysKey, SkewKey, ReadsKey, ValueKey, RateKey, UncertaintyKey, GoalKey, NowKey, TryKey],
        Metrics = [P99, P50, Wait, Rounds, Aborts, Messages, Bytes, Reversed, Snapshot],
        Strategies = CommitStrategy.Forms,
        Wrappers = CommitStrategy.Wrappers,
        ClaimTopics = CommitClaims.Topics,
        Example = """
            groups: { us: 2, eu: 2, asia: 2 }   # each led from there
            network: { latency: 1 ms, between: { us-eu: 40 ms, us-asia: 75 ms, eu-asia: 110 ms } }
            replicas: 3
            participants: 2
            keys: 1000
            skew: 0.8
            reads: 30 %
            rate: 100/s
            uncertainty: 7 ms
            goal: { p99: 1 s, aborts: 5 % }
            now: truetime
            """,
    };

    protected override CommitInput Read(Section activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        string[] regions = [.. activity.Get(GroupsKey).Keys];
        (long uncertaintyNs, Provenance clock) = activity.Get(UncertaintyKey);
        double rate = activity.Get(RateKey).Base;
        TrueTimeOptions options = Options(activity, regions, uncertaintyNs);
        double underWay = rate * CommitRuns.RoughSeconds(options);
        if (underWay > ClientsMax / 2)
        {
            throw activity.Fail(RateKey, $"at {Print.Significant(rate, 4)}/s about {Print.Significant(underWay, 3)} transactions are under way at once, and {ClientsMax / 2} are run at most: state a part of the load with its part of the keys");
        }

        Section? goal = activity.TryGet(GoalKey, out Section? given) ? given : null;
        CommitStrategy now = Placed(activity, NowKey, activity.Get(NowKey), regions);
        IEnumerable<CommitStrategy> others = activity.TryGet(TryKey, out IReadOnlyList<CommitStrategy>? tried) ? tried.Select(s => Placed(activity, TryKey, s, regions)) : Usual(now, regions.Length);
        return new CommitInput
        {
            Options = CommitRuns.Sized(options, rate, ClientsMax),
            Regions = regions,
            RatePerSecond = rate,
            Clock = clock,
            P99Ms = goal is not null && goal.TryGet(P99Key, out Quantity p99) ? p99.In(Unit.Millisecond) : null,
            AbortsPercent = goal is not null && goal.TryGet(AbortsKey, out double aborts) ? 100 * aborts : null,
            IsOrdered = goal is null || goal.Get(OrderKey) == "yes",
            Now = now,
            Others = [.. others.Where(strategy => strategy != now).Distinct()],
        };
    }

    protected override StudyResult Run(CommitInput input, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        CommitStrategy[] strategies = [input.Now, .. input.Others];
        IReadOnlyList<CommitRuns> runs = context.Each(strategies, (strategy, report) => CommitRuns.Of(strategy, input, context, report), share: 0.8);
        return new StudyResult
        {
            Findings = CommitFindings.Compose(input, context, runs),
            Exhibits = CommitExhibits.Of(input, context, runs),
            Judged = CommitClaims.Judge(input, context, runs),
            Notes = CommitFindings.Notes(input, runs),
        };
    }

    private static TrueTimeOptions Options(Section activity, string[] regions, long uncertaintyNs)
    {
        IReadOnlyDictionary<string, int> groups = activity.Get(GroupsKey);
        Section network = activity.Get(NetworkKey);
        if (regions.Length == 1 && network.IsGiven(PlaceKeys.Between))
        {
            throw activity.Fail(GroupsKey, "'network' has 'between' and 'groups' names no regions: write them by the region that leads them, such as { us: 3, eu: 3 }");
        }

        var options = new TrueTimeOptions
        {
            Groups = groups.Values.Sum(),
            Replicas = (int)activity.Get(ReplicasKey),
            Regions = regions.Length,
            LeaderRegions = Dealt([.. groups.Values]),
            LatenciesNs = PlaceKeys.Latencies(regions, network),
            Keys = (int)activity.Get(KeysKey),
            KeysEach = (int)activity.Get(ParticipantsKey),
            KeysApart = true,
            ZipfExponent = activity.Get(SkewKey),
            SnapshotPercent = activity.Get(ReadsKey),
            ValueBytes = (int)activity.Get(ValueKey).In(Unit.Byte),
            DurabilityNs = Nanoseconds(activity.Get(DiskKey)),
            // The uncertainty is the stated one at every moment: no drift on top.
            Clocks = new ClockSynchronisation { ResidueNs = uncertaintyNs, DriftPpmMax = 0 },
            Clients = 1,
            Transactions = 1,
        };
        return options.KeysEach > options.Groups ? throw activity.Fail(ParticipantsKey, $"'participants' are among {options.Groups} groups; found {options.KeysEach}")
            : options.Keys < options.Groups ? throw activity.Fail(KeysKey, $"'keys' are at least one a group: {options.Groups}; found {options.Keys}")
            : options;
    }

    private static IEnumerable<CommitStrategy> Usual(CommitStrategy now, int regions)
    {
        var exact = new CommitStrategy(TimestampSource.TrueTime, Conflicts: now.Conflicts, LeaderRegion: now.LeaderRegion);
        ConflictRule other = now.Conflicts == ConflictRule.Optimistic ? ConflictRule.WoundWait : ConflictRule.Optimistic;
        IEnumerable<int> places = Enumerable.Range(0, regions is > 1 and <= 4 ? regions : 0);
        return
        [
            exact, exact with { Share = 0.5 }, exact with { Timestamps = TimestampSource.Oracle }, exact with { Timestamps = TimestampSource.LocalClock },
            exact with { Conflicts = other }, .. places.Select(region => exact with { LeaderRegion = region }), .. places.Select(region => exact with { LeaderRegion = region, Conflicts = other }),
        ];
    }

    /// <summary>The region of each group: one of each region in turn, as long as it has some left.</summary>
    private static List<int> Dealt(int[] counts)
    {
        var regions = new List<int>();
        for (int round = 0; round < counts.Max(); round++)
        {
            regions.AddRange(Enumerable.Range(0, counts.Length).Where(region => counts[region] > round));
        }

        return regions;
    }

    /// <summary>Stated, or what a machine's clock says of itself.</summary>
    internal static (long Ns, Provenance From) ReadUncertainty(Node node, Func<KernelClockReading> clock)
    {
        if (Keys.ReadText("uncertainty", node, "time, such as 7 ms, or: measured") != "measured")
        {
            Quantity stated = Keys.ReadQuantity("uncertainty", node, "7 ms", Dimension.OfTime, "0 s", "10 s");
            return (Nanoseconds(stated), Provenance.Stated($"an uncertainty of {stated}"));
        }

        KernelClockReading reading = clock();
        return reading.UncertaintyNs is not { } measured ? throw new InputException(node.Mark, $"{NotMeasured} (chrony, ntpd, systemd-timesyncd): {reading.Reason}; start one, or state the uncertainty, such as 7 ms")
            : measured.Value > UncertaintyNsMax ? throw new InputException(node.Mark, $"{NotMeasured}: this one may be off by {new Quantity(measured.Value / 1e9, Unit.Second).ToHumanString()}, and {UncertaintyNsMax / 1e9} s are run at most; state an uncertainty, such as 7 ms")
            : ((long)measured.Value, measured.Provenance);
    }

    private static CommitStrategy Strategy(string name, Node node) =>
        CommitStrategy.TryParse(Keys.ReadText(name, node, "a strategy"), out CommitStrategy? strategy, out string? problem) ? strategy : throw new InputException(node.Mark, problem);

    private static CommitStrategy Placed(Section activity, Key key, CommitStrategy strategy, string[] regions) =>
        strategy.LeaderRegion >= regions.Length ? throw activity.Fail(key, $"{strategy}: regions are numbered from 1 to {regions.Length} ({string.Join(", ", regions)})") : strategy;

    private static long Nanoseconds(Quantity time) => (long)Math.Round(time.Base * 1e9);
}
