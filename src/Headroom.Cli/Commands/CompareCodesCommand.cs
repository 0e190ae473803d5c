using System.CommandLine;
using Headroom.Audit.Comparisons.Codes;
using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Repairs;
using Headroom.Audit.Comparisons.Trials;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom compare codes</c>: erasure codes in one system.</summary>
internal static class CompareCodesCommand
{
    private static readonly CodeGridText Defaults = new();
    private static readonly RepairGridText RepairDefaults = new();

    private static readonly Option<string> Codes = CompareCommand.Axis("--codes", "codes, the first being today's: 'replication(3),rs(10,4),clay(10,4)'", Defaults.Codes);
    private static readonly Option<string> Data = Value("--data", "user data, before any redundancy", Defaults.Data);
    private static readonly Option<string> Nodes = Value("--nodes", "nodes that fail independently", Defaults.Nodes);
    private static readonly Option<string> Mttf = Value("--mttf", "mean time to the failure of a node", Defaults.Mttf);
    private static readonly Option<string> Bandwidth = Value("--bandwidth", "what a node can receive, and send, for repairs", Defaults.Bandwidth);
    private static readonly Option<string> Detect = Value("--detect", "from a failure to the start of its repair", Defaults.Detect);
    private static readonly Option<string> Placement = Value("--placement", "spread, or groups", Defaults.Placement);
    private static readonly Option<string?> Sites = Domain("--sites");
    private static readonly Option<string?> Racks = Domain("--racks");
    private static readonly Option<string?> Hosts = Domain("--hosts");
    private static readonly Option<string?> Copysets = new("--copysets") { Description = "sets of nodes that stripes may lie on; all different where left out", HelpName = "N" };
    private static readonly Option<string> Shard = Value("--shard", "size of a shard", Defaults.Shard);
    private static readonly Option<string?> Object = new("--object") { Description = "size of an object that is a stripe of its own, in place of --shard", HelpName = "BYTES" };
    private static readonly Option<string> Write = Value("--write", "a write in place", Defaults.Write);
    private static readonly Option<string> Sizes = CompareCommand.Axis("--sizes", "sizes of the objects that are read", Defaults.Sizes);
    private static readonly Option<string> Latency = Value("--latency", "median time until a node's bytes flow", Defaults.Latency);
    private static readonly Option<string> P99 = Value("--p99", "its 99th percentile", Defaults.P99);
    private static readonly Option<string?> Storage = new("--storage-price") { Description = "such as '21 $/TB/month'", HelpName = "PRICE" };
    private static readonly Option<string?> Egress = new("--egress-price") { Description = "of repair traffic, such as '0.02 $/GB'", HelpName = "PRICE" };
    private static readonly Option<string?> Network = new("--network")
    {
        Description = $"instead: how soon a lost shard is back over links of these speeds, by processes on the simulator: '{RepairDefaults.Network}'",
        HelpName = "LIST",
    };

    private static readonly Option<string> LinkLatency = Value("--link-latency", "with --network: from node to node", RepairDefaults.LinkLatency);
    private static readonly Option<string> Disk = Value("--disk", "with --network: what a helper's disk reads", RepairDefaults.Disk);
    private static readonly Option<string> Seek = Value("--seek", "with --network: what each range that is read costs besides", RepairDefaults.Seek);
    private static readonly Option<string> Compute = Value("--compute", "with --network: bytes that a processor rebuilds: one rate, 'clay=500MB/s,1GB/s', or measured", RepairDefaults.Compute);
    private static readonly ComparisonOptions Running = new("headroom compare codes", trials: 200);

    public static Command Create(CancellationToken cancellation)
    {
        var command = new Command("codes", "erasure codes in one system: bytes stored, read and sent by repairs, yearly loss by two models, degraded reads, small writes, money; or the time of a repair (--network)")
        {
            Codes, Data, Nodes, Mttf, Bandwidth, Detect, Placement, Sites, Racks, Hosts, Copysets, Shard, Object, Write, Sizes, Latency, P99, Storage, Egress,
            Network, LinkLatency, Disk, Seek, Compute,
        };
        Running.AddTo(command);
        command.SetAction(parsed => Run(parsed, cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        TrialPolicy policy = Running.Policy(parsed);
        if (parsed.GetValue(Network) is { } network)
        {
            return Repairs(parsed, network, policy, cancellation);
        }

        if (new Option<string>[] { LinkLatency, Disk, Seek, Compute }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } idle)
        {
            throw AxisReader.Wrong(idle.Name, "says something of repairs over links of a speed: write --network too");
        }

        if (parsed.GetValue(Object) is not null && parsed.GetResult(Shard) is { Implicit: false })
        {
            throw AxisReader.Wrong(Object.Name, "stands in place of --shard: one of the two is expected");
        }

        CodeGrid grid = CodeGridReader.Read(new CodeGridText
        {
            Codes = parsed.GetValue(Codes)!,
            Data = parsed.GetValue(Data)!,
            Nodes = parsed.GetValue(Nodes)!,
            Mttf = parsed.GetValue(Mttf)!,
            Bandwidth = parsed.GetValue(Bandwidth)!,
            Detect = parsed.GetValue(Detect)!,
            Placement = parsed.GetValue(Placement)!,
            Sites = parsed.GetValue(Sites),
            Racks = parsed.GetValue(Racks),
            Hosts = parsed.GetValue(Hosts),
            Copysets = parsed.GetValue(Copysets),
            Shard = parsed.GetValue(Shard)!,
            Object = parsed.GetValue(Object),
            Write = parsed.GetValue(Write)!,
            Sizes = parsed.GetValue(Sizes)!,
            Latency = parsed.GetValue(Latency)!,
            P99 = parsed.GetValue(P99)!,
            StoragePrice = parsed.GetValue(Storage),
            EgressPrice = parsed.GetValue(Egress),
        });
        return Running.Run(parsed, new CodeComparison(grid, Running.SeedOf(parsed)), policy, (grid.Codes.Count, 1), [], cancellation);
    }

    private static int Repairs(ParseResult parsed, string network, TrialPolicy policy, CancellationToken cancellation)
    {
        if (Options().FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } idle)
        {
            throw AxisReader.Wrong(idle.Name, "is not taken with --network, which rebuilds one shard alone");
        }

        bool areCodesGiven = parsed.GetResult(Codes) is { Implicit: false };
        RepairGrid grid = RepairGridReader.Read(new RepairGridText
        {
            Codes = areCodesGiven ? parsed.GetValue(Codes)! : RepairDefaults.Codes,
            Network = network,
            Shard = parsed.GetValue(Shard)!,
            LinkLatency = parsed.GetValue(LinkLatency)!,
            Disk = parsed.GetValue(Disk)!,
            Seek = parsed.GetValue(Seek)!,
            Compute = parsed.GetValue(Compute)!,
        });
        return Running.Run(parsed, new RepairComparison(grid, Running.SeedOf(parsed), TimeProvider.System), policy with { Trials = 1 }, (grid.Codes.Count, grid.NetworksBps.Count), [], cancellation);

        static Option[] Options() => [Data, Nodes, Mttf, Bandwidth, Detect, Placement, Sites, Racks, Hosts, Copysets, Object, Write, Sizes, Latency, P99, Storage, Egress];
    }

    private static Option<string> Value(string name, string description, string usual) => new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "VALUE" };

    private static Option<string?> Domain(string name) => new(name) { Description = $"{name[2..]} that fail as a whole: how many, mean time to failure, uplink: '40 20y 10Gbit/s'", HelpName = "COUNT MTTF [UPLINK]" };
}
