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
        new("rs", "Reed-Solomon: any of its data shards' number decode; of more than 256 shards in the wide field", new("data", 1, 255), new("parities", 0, 255))
        {
            Words = [new("matrix", "cauchy", "isa-cauchy", "vandermonde", "isa-vandermonde"), new("field", "byte", "wide")],
        },
        new("lrc", "locally repairable: one parity per group, the rest global; in Ceph's layout data shards, global parities, shards in a group", new("data", 1, 254), new("groups", 1, 254), new("global", 0, 254))
        {
            Words = [new("layout", "azure", "ceph", "pyramid")],
        },
        new("clay", "Clay: least storage and least repair traffic, shards of many parts", new("data", 1, 255), new("parities", 1, 255), new("helpers", 0, 255) { Default = 0 }),
        new("mbr", "product-matrix at minimum bandwidth: repair receives what was lost, as a copy's does", new("data", 1, 255), new("parities", 1, 255), new("helpers", 0, 255) { Default = 0 }),
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
    public static readonly Key<long> DomainCount = Keys.Count("count", "how many, in equal parts of the nodes and of the next larger ones", 1, 1_000_000).Required();
    public static readonly Key<Quantity> DomainMttf = Keys.Positive("mttf", "20 y", "mean time to the failure of one, with the data of all its nodes").Required();
    public static readonly Key<Quantity> Uplink = Keys.Positive("uplink", "10 Gbit/s", "what may leave one for repairs, and what may enter; unlimited where left out");
    public static readonly Key<Section> Sites = Keys.Section("sites", "sites that fail as a whole; stripes are spread over them as evenly as can be", DomainCount, DomainMttf, Uplink);
    public static readonly Key<Section> Racks = Keys.Section("racks", "racks that fail as a whole", DomainCount, DomainMttf, Uplink);
    public static readonly Key<Section> Hosts = Keys.Section("hosts", "hosts of several nodes that fail as a whole", DomainCount, DomainMttf, Uplink);
    public static readonly Key<long> Copysets = Keys.Count("copysets", "sets of nodes that stripes may lie on; without it every stripe has a set of its own", 1, noun: "sets");
    public static readonly Key<Quantity> ReadLatency = Keys.Positive("latency", "8 ms", "median time until a node's bytes flow").Required();
    public static readonly Key<Quantity> ReadP99 = Keys.Positive("p99", "40 ms", "its 99th percentile; lognormal between").Required();
    public static readonly Key<Quantity> ReadBandwidth = Keys.Positive("bandwidth", "100 MB/s", "what a node sends to one reader").Or("100 MB/s");
    public static readonly Key<Quantity> ReaderBandwidth = Keys.Positive("reader", "1 GB/s", "what the reader receives").Or("1 GB/s");
    public static readonly Key<double> Unavailable = Keys.Share("unavailable", "share of reads whose node is away").Or("0.5 %");
    public static readonly Key<Quantity> Disk = Keys.Positive("disk", "4 TB", "size of a disk").Or("4 TB");
    public static readonly Key<Quantity> DiskReads = Keys.Positive("reads", "100/s", "seeks of a disk").Or("100/s");
    public static readonly Key<Section> Reading = Keys.Section("reading", "how objects are read, for degraded reads and the cost of serving", ReadLatency, ReadP99, ReadBandwidth, ReaderBandwidth, Unavailable, Disk, DiskReads);
    public static readonly Key<Quantity> SizeOf = Keys.Positive("size", "64 kB", "bytes of an object").Required();
    public static readonly Key<double> SizeShare = Keys.Share("share", "share of the objects").Or("100 %");
    public static readonly Key<IReadOnlyList<Section>> Sizes = Keys.Sections("sizes", "sizes of the objects that are read", SizeOf, SizeShare);
    public static readonly Key<string> TierName = Keys.Text("name", "what it is called").Required();
    public static readonly Key<double> Accesses = Keys.Number("accesses", "reads of an object in a day", 0, 1e9).Required();
    public static readonly Key<double> TierShare = Keys.Share("share", "share of the data").Required();
    public static readonly Key<IReadOnlyList<Section>> Tiers = Keys.Sections("tiers", "data by temperature, to choose a code for each", TierName, Accesses, TierShare);
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

    public static readonly Metric Sent = new("repair traffic", Unit.Ratio("B/B"), Side.Floor, "bytes received over the network per byte rebuilt, after one failure");
    public static readonly Metric DegradedRead = new("degraded read", Unit.Second, Side.Floor, "99th percentile of the read of an object whose node is away, mean over the sizes");
    public static readonly Metric Serving = new("serving cost", Unit.DollarPerYear, Side.Floor, "disks that hold the data and serve its reads, all tiers together");

    public static readonly ClaimTopic Survived = new("failures survived", Unit.Count("failures"), "losses survived wherever they fall");
    public static readonly ClaimTopic LeastStored = new("least stored", Unit.Ratio("B/B"), "the least bytes per byte that can meet the goals");
    public static readonly ClaimTopic LossRatio = new("loss ratio", Unit.Ratio("times"), "yearly loss as a multiple of today's");
    public static readonly ClaimTopic RepairTimeTopic = new("repair time", Unit.Second, "from failure to full redundancy");
    public static readonly ClaimTopic Saving = new("saving", Unit.DollarPerYear, "money saved per year against today");

    public static KindSchema Schema { get; } = new()
    {
        Kind = "store",
        Summary = "data kept on nodes that fail: copies, Reed-Solomon, locally repairable or regenerating codes; bytes stored, repair traffic, yearly loss, degraded reads, a code for each temperature",
        Keys = [Data, Nodes, Goal, Now, Candidates, Placement, Sites, Racks, Hosts, Copysets, Width, ShardSize, ObjectSize, Write, Reading, Sizes, Tiers, Sample, Repairs],
        Metrics = [Stored, Reads, Loss, SmallWrite, Sent, DegradedRead, Serving],
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
