using Headroom.Dissemination.AntiEntropy;
using Headroom.Dissemination.Gossip;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Anti-entropy alone: see <see cref="AntiEntropyProcess"/>. A period is so many link latencies; a comparison takes three, or more down a tree.</summary>
public sealed record AntiEntropyStrategy(bool UsesTree, int Latencies = 4) : BroadcastStrategy
{
    private const int PeriodSteps = 256;
    private const int LatencySteps = 8;

    private static readonly StrategyParameter PeriodParameter = new("period", 1, 1_000_000) { Default = 4 };

    public static BroadcastProtocol DigestEntry { get; } = new(
        new StrategyForm("anti-entropy", "each period (in link latencies) compare all numbers with one random member and exchange what is missing", PeriodParameter),
        call => new AntiEntropyStrategy(UsesTree: false, call.Int(0)), new AntiEntropyStrategy(UsesTree: false));

    public static BroadcastProtocol TreeEntry { get; } = new(
        new StrategyForm("anti-entropy-merkle", "each period (in link latencies) compare a tree of hashes with one random member and exchange what is missing", PeriodParameter),
        call => new AntiEntropyStrategy(UsesTree: true, call.Int(0)), new AntiEntropyStrategy(UsesTree: true));

    public override string Name => $"{(UsesTree ? "anti-entropy-merkle" : "anti-entropy")}({Latencies})";

    public override Protocol Protocol => Record;

    /// <summary>Whoever has it answers whoever asks.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Math.Max(1, setting.Members - 1);
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new AntiEntropyOptions { Topology = setting.Network.Topology, PeriodNs = PeriodNs(setting), UsesTree = UsesTree };
        options.Validate();
        return ProcessFamily.Of(() => new AntiEntropyTables(setting.Members, setting.Remembered), (tables, _) => new AntiEntropyProcess(options, tables));
    }

    public override long SettlingNs(BroadcastSetting setting) => PeriodNs(setting);

    public override long? WatchNs(BroadcastSetting setting) => (WatchedPeriods(setting) * PeriodNs(setting)) - 1;

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!Costs.IsMixed(setting))
        {
            return null;
        }

        double live = setting.Live;
        if (live < 2)
        {
            return null;
        }

        // Where comparisons are rare their messages take no time beside the waiting, and the period is cut into so many steps.
        double perLatency = setting.InRounds ? 1 : Math.Clamp(Math.Floor((double)PeriodSteps / Latencies), 1, LatencySteps);
        int period = (int)Math.Min(Latencies * perLatency, PeriodSteps);
        double stepsPerLatency = (double)period / Latencies;
        ComparisonSteps messages = UsesTree ? ComparisonSteps.ByTree : ComparisonSteps.ByList;
        var course = new ComparisonCourse(messages, setting.Members, live, (int)WatchedPeriods(setting), setting.Network.Loss, (int)perLatency, period, setting.InRounds);
        double missing = live * course.Curve.Missed;
        double copies = live * (course.Pulled + course.Pushed);
        double comparisons = live * WatchedPeriods(setting);
        double least = Costs.IsSure(missing) ? live - 1 : 0;
        double links = Math.Min(messages.PullMessages - 1, messages.PushMessages);
        double kept = 1 - setting.Network.Loss;
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return new CostCases(least, copies, 2 * (comparisons + live));
            case BroadcastMetric.Messages:
                // Questions before the copies, and lists where the hashes differ.
                double asked = UsesTree ? live * ((course.Pulled * (1 + (1 / kept)) / kept) + (course.Pushed / kept)) : live * course.Pushed / kept;
                return new CostCases(comparisons - live, comparisons + copies + asked, double.PositiveInfinity);
            case BroadcastMetric.Rounds:
                return new CostCases(links, Math.Max(links, course.Curve.LastStep(live) / stepsPerLatency), double.PositiveInfinity);
            case BroadcastMetric.Latency:
                return Costs.Latency(setting, (links * setting.Network.Topology.LeastLatencyNs / 1e9) + (Periods.PayloadNs(setting) / 1e9), course.Curve, missing, stepsPerLatency);
            case BroadcastMetric.Delivered:
                return new CostCases(1, 1 - (missing / (live - 1)), 0);
            default:
                return null;
        }
    }

    private long PeriodNs(BroadcastSetting setting) => Latencies * Periods.OneWayNs(setting);

    /// <summary>What pulls alone need.</summary>
    private static long WatchedPeriods(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return CallGossipOptions.PeriodsFor(setting.Members);
    }

    private static Protocol Record { get; } = new()
    {
        Name = "anti-entropy",
        Summary = "each period everybody compares all it has with one random peer, by a list or by a tree of hashes, and they exchange what is missing",
        Messages = new Complexity("n - 1 payloads; n comparisons a period", "n - 1 payloads; n comparisons a period", "two payloads a comparison"),
        Rounds = new Complexity("1", "log3 n + O(ln ln n) periods", "without end, though the share that misses is squared each period"),
        Bytes = new Complexity("(n-1) b + n c a period", "(n-1) b + n (8 N + c) a period by list of N numbers; n c + O(d log16(N/d)) node hashes of 128 bytes where d differ by tree", "2 n b a period + n (8 N + c)"),
        Latency = "followed over phases of a period, misses by own comparisons and by those of others multiplied; within 6 % of runs from 100 members on, 15 % for ten; exact rounds come up to 15 % later, as messages and periods then fall on the same instants",
        Guarantee = "every live member that stays in touch with any that has it, sooner or later, while the broadcast is within the window compared",
        FaultModel = "crashes, loss and partitions of any length shorter than the window; nothing is ever given up",
        ScaleLimit = "lists grow with the history; comparisons go on when nothing happens",
        Citation = new Citation("demers1987", "section 1.3"),
    };
}
