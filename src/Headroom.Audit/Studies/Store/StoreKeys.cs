using Headroom.Audit.Reading;
using Headroom.Coding.Erasure;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Store;

/// <summary>The keys, metrics and claim topics of <c>store</c>.</summary>
internal static class StoreKeys
{
    public static readonly IReadOnlyList<StrategyForm> Forms =
    [
        new("replication", "copies of whole shards", new StrategyParameter("copies", 1, ReedSolomonCode.MaxShards) { Default = 3 }),
        new("rs", "Reed-Solomon (Cauchy): any of its data shards' number decode", new("data", 1, 255), new("parities", 0, 255)),
        new("lrc", "locally repairable, Azure's layout: one parity per group, the rest global", new("data", 1, 254), new("groups", 1, 254), new("global", 0, 254)),
    ];

    public static readonly Key<Quantity> Data = Keys.Positive("data", "800 TB", "user data, before any redundancy").Required();
    public static readonly Key<long> Count = Keys.Count("count", "nodes that fail independently", 1, 1_000_000).Required();
    public static readonly Key<Quantity> Mttf = Keys.Positive("mttf", "3 y", "mean time to the failure of one node").Required();
    public static readonly Key<Quantity> Bandwidth = Keys.Positive("bandwidth", "50 MB/s", "what a node can receive for repairs").Required();
    public static readonly Key<Quantity> Detect = Keys.Quantity("detect", "10 min", "from a failure to the start of its repair").Or("10 min");
    public static readonly Key<Section> Nodes = Keys.Section("nodes", "what it is stored on", Count, Mttf, Bandwidth, Detect).Required();
    public static readonly Key<long> Survive = Keys.Count("survive", "nodes lost at once, whichever they are", 0, 1_000_000, "failures");
    public static readonly Key<double> YearlyLoss = Keys.Checked(
        Keys.Share("yearly loss", "probability of losing anything in a year"),
        (_, share) => share > 0 ? null : "'yearly loss' must be above zero: no code promises exactly none");
    public static readonly Key<double> RepairReads = Keys.Number("repair reads", "most bytes read per byte rebuilt, on average", 1, 1e6);
    public static readonly Key<Section> Goal = Keys.Section("goal", "what a code must meet; where left out, what now survives and how often it loses", Survive, YearlyLoss, RepairReads);
    public static readonly Key<StrategyCall> Now = Keys.Strategy("now", "how it is stored today", Forms).Required();
    public static readonly Key<IReadOnlyList<StrategyCall>> Candidates = Keys.Strategies("candidates", "codes to show beside those that the search finds", Forms);
    public static readonly Key<string> Placement = Keys.Choice("placement",
        "spread: each stripe on nodes of its own, all rebuild a lost one; groups: disjoint groups of nodes, a spare is rebuilt alone", "spread", "groups").Or("spread");
    public static readonly Key<long> Width = Keys.Count("width", "most nodes that a stripe may span; without it the search stops at 24, the limit at the nodes there are", 1, ReedSolomonCode.MaxShards);
    public static readonly Key<Quantity> ShardSize = Keys.Positive("shard", "64 MB", "size of a shard (64 MB without 'object')");
    public static readonly Key<Quantity> ObjectSize = Keys.Positive("object", "4 MB", "size of an object that is a stripe of its own, in place of 'shard'");
    public static readonly Key<Quantity> Write = Keys.Positive("write", "4 kB", "a typical write in place").Or("4 kB");
    public static readonly Key<IReadOnlyList<string>> Sample = Keys.Files("sample", "files to encode, lose and repair; random bytes where left out");
    public static readonly Key<StrategyCall> RepairedCode = Keys.Strategy("strategy", "whose repair", Forms).Required();
    public static readonly Key<Quantity> RepairTime = Keys.Positive("time", "2.5 h", "from failure to full redundancy").Required();
    public static readonly Key<IReadOnlyList<Section>> Repairs = Keys.Sections("repairs", "stated repair times, in place of those from detection and bandwidth", RepairedCode, RepairTime);

    public static readonly Metric Stored = new("stored", Unit.Ratio("B/B"), Side.Floor, "bytes stored per byte of data");
    public static readonly Metric Reads = new("repair reads", Unit.Ratio("B/B"), Side.Floor, "bytes read per byte rebuilt, after one failure");
    public static readonly Metric Loss = new("yearly loss", Unit.Count("probability"), Side.Floor, "probability of losing any data in a year");
    public static readonly Metric SmallWrite = new("small write", Unit.Ratio("B/B"), Side.Floor, "bytes read and written per byte of a write in place");

    public static readonly ClaimTopic Survived = new("failures survived", Unit.Count("failures"), "losses survived wherever they fall");
    public static readonly ClaimTopic LeastStored = new("least stored", Unit.Ratio("B/B"), "the least bytes per byte that can meet the goals");
    public static readonly ClaimTopic LossRatio = new("loss ratio", Unit.Ratio("times"), "yearly loss as a multiple of today's");
    public static readonly ClaimTopic RepairTimeTopic = new("repair time", Unit.Second, "from failure to full redundancy");
    public static readonly ClaimTopic Saving = new("saving", Unit.DollarPerYear, "money saved per year against today");

    public static KindSchema Schema { get; } = new()
    {
        Kind = "store",
        Summary = "data kept on nodes that fail: copies, Reed-Solomon or locally repairable codes; bytes stored, repair traffic, yearly loss",
        Keys = [Data, Nodes, Goal, Now, Candidates, Placement, Width, ShardSize, ObjectSize, Write, Sample, Repairs],
        Metrics = [Stored, Reads, Loss, SmallWrite],
        Strategies = Forms,
        ClaimTopics = [Survived, LeastStored, LossRatio, RepairTimeTopic, Saving],
        Example = """
            data: 800 TB
            nodes: { count: 400, mttf: 3 y, bandwidth: 50 MB/s, detect: 10 min }
            goal: { survive: 2 failures, yearly loss: 1e-9 }
            now: replication(3)
            """,
    };
}
