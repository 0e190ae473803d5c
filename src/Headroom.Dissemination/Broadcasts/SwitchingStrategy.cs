using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Switching;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Between tree, gossip and flooding as the network changes: see <see cref="SwitchingProcess"/>. A probe each ten link latencies.</summary>
public sealed record SwitchingStrategy(int Arity = 4) : BroadcastStrategy
{
    private const int ProbeLatencies = 10;
    private const int WatchedProbes = 12;
    private const int LatencySteps = 10;
    private const int StepsMax = 2000;

    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("switching", "tree, gossip or flooding, as loss and queues that members observe ask for; probes repair what is missing",
            new StrategyParameter("arity", 1, 1000) { Default = 4 }),
        call => new SwitchingStrategy(call.Int(0)), new SwitchingStrategy());

    /// <summary>One mode for ever, with the same probes: to compare with. Null: as the network asks for.</summary>
    public SpreadMode? Always { get; init; }

    public override string Name => $"switching({Arity})" + (Always is { } mode ? $" always {mode}" : "");

    public override Protocol Protocol => Record;

    /// <summary>Flooding, and payloads for whoever probes.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Math.Max(1, setting.Members - 1);
    }

    public override string? Problem(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Network.Topology.IsComplete ? null : $"{Name}: its trees take any member for a child; this topology is a graph";
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        SwitchingOptions options = Options(setting);
        options.Validate();
        return ProcessFamily.Of(() => new SwitchingTables(setting.Members, setting.Remembered), (tables, _) => new SwitchingProcess(options, tables));
    }

    /// <summary>Long enough for first estimates.</summary>
    public override long SettlingNs(BroadcastSetting setting) => 2 * ProbeNs(setting);

    public override long? WatchNs(BroadcastSetting setting) => WatchedProbes * ProbeNs(setting);

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        double members = setting.Members;
        double live = setting.Live;
        double probes = 2 * live * (WatchedProbes + 1);
        // Nothing lost and nobody dead, the first broadcast goes down the tree; else the mode hangs on what few probes met, and no run need reach all within so many.
        bool isQuiet = setting is { Failures: 0, Network: { Loss: 0, Bursts: null } };
        return metric switch
        {
            BroadcastMetric.Payloads => new CostCases(isQuiet ? live - 1 : 0, isQuiet ? members - 1 : double.PositiveInfinity, double.PositiveInfinity),
            BroadcastMetric.Messages => new CostCases(isQuiet ? live - 1 : 0, isQuiet ? members - 1 + probes : double.PositiveInfinity, double.PositiveInfinity),
            BroadcastMetric.Latency when isQuiet && members > 1 && Always is null or SpreadMode.Tree =>
                DownTheTree(setting),
            _ => null,
        };
    }

    private CostCases DownTheTree(BroadcastSetting setting)
    {
        (double stepNs, DelayLaw hop) = Costs.Grid(setting, LatencySteps, StepsMax);
        double send = setting.InRounds ? 0 : Periods.PayloadNs(setting) / stepNs;
        double steps = TreeCompletion.Mean(new TreeCompletion(Arity, 1, hop, 1, send, StepsMax).Below(setting.Members));
        double least = Costs.OneCopySeconds(setting);
        return new CostCases(least, Math.Max(least, steps * stepNs / 1e9), double.PositiveInfinity);
    }

    internal SwitchingOptions Options(BroadcastSetting setting) => new()
    {
        Topology = setting.Network.Topology,
        Arity = Arity,
        Fanout = SwitchingOptions.FanoutFor(setting.Members),
        ProbeNs = ProbeNs(setting),
        // Down the tree and half as long again.
        GraceNs = (2 + (int)Math.Ceiling(1.5 * Depth(setting.Members))) * Periods.OneWayNs(setting),
        Mode = Always ?? SpreadMode.Tree,
        IsFixed = Always is not null,
    };

    private int Depth(int members)
    {
        int depth = 0;
        for (long reached = 1, level = 1; reached < members && Arity > 1; depth++)
        {
            level *= Arity;
            reached += level;
        }

        return Arity > 1 ? depth : members;
    }

    private static long ProbeNs(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return ProbeLatencies * Periods.OneWayNs(setting);
    }

    private static Protocol Record { get; } = new()
    {
        Name = "switching",
        Summary = "each broadcast down a tree, by gossip or by flooding, as its origin judges by what probes tell of loss and queues; probes also repair what was missed",
        Messages = new Complexity("n - 1 payloads; 2 n messages a probe period", "n - 1 payloads in a tree, (ln n + 2) n by gossip, n^2 by flooding", "n^2 payloads and those of repair"),
        Rounds = new Complexity("1", "log_k n in a tree, log n by gossip, 1 by flooding", "and some probe periods for what is missed"),
        Bytes = new Complexity("(n-1) b + 2 n c a period", "b for each payload, c + 8 for each broadcast listed", "n^2 b"),
        Latency = "down the tree where nothing is lost and nobody dead, within 1 % of runs; else nothing is said: the mode that the origin chooses hangs on what its few probes met",
        Guarantee = "every live member that stays in touch with one that has it, by probes if not at once, while members remember the broadcast",
        FaultModel = "crashes and loss are observed and answered by more copies, queues by fewer",
        ScaleLimit = "flooding sends n^2 copies; members know all others; a change is seen after some ten probes",
        Citation = new Citation("liu2001", "switching protocols"),
    };
}
