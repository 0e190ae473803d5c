using System.Globalization;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Regions;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// Through relays: see <see cref="RelayProcess"/>. The regions are the topology's; where it has none so many equal ones, for 0 the square root of the members.
/// </summary>
public sealed record HierarchicalStrategy(int Arity = 4, int Regions = 0, RegionSpread Spread = RegionSpread.Tree) : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("hierarchical", "to the relay of each region, and from there down a tree; acknowledged, dead relays and parents replaced (regions = 0: the topology's, or sqrt n)",
            new StrategyParameter("arity", 1, 1_000_000) { Default = 4 }, new StrategyParameter("regions", 0, 65_536) { Default = 0 }),
        call => new HierarchicalStrategy(call.Int(0), call.Int(1)), new HierarchicalStrategy());

    public static BroadcastProtocol PushEntry { get; } = new(
        new StrategyForm("hierarchical-push", "to the relay of each region, acknowledged; there who first gets it sends it to so many random members",
            new StrategyParameter("fan-out", 1, RelayProcess.PushMax) { Default = 5 }, new StrategyParameter("regions", 0, 65_536) { Default = 0 }),
        call => new HierarchicalStrategy(call.Int(0), call.Int(1), RegionSpread.Push), new HierarchicalStrategy(5, 0, RegionSpread.Push));

    public static BroadcastProtocol FloodingEntry { get; } = new(
        new StrategyForm("hierarchical-flooding", "to the relay of each region, acknowledged; there from everybody to everybody", new StrategyParameter("regions", 0, 65_536) { Default = 0 }),
        call => new HierarchicalStrategy(1, call.Int(0), RegionSpread.Flooding), new HierarchicalStrategy(1, 0, RegionSpread.Flooding));

    public override string Name
    {
        get
        {
            string regions = Regions == 0 ? "" : Regions.ToString(CultureInfo.InvariantCulture);
            return Spread switch
            {
                RegionSpread.Flooding => regions.Length == 0 ? "hierarchical-flooding" : $"hierarchical-flooding({regions})",
                _ => $"hierarchical{(Spread == RegionSpread.Push ? "-push" : "")}({Arity}{(regions.Length == 0 ? "" : "," + regions)})",
            };
        }
    }

    public override bool IsPacedByAnswers => true;

    public override Protocol Protocol => Record;

    /// <summary>At most a relay tells every other region in the round in which it adopts all of its own.</summary>
    public override int ContactsPerRoundMax(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        RegionMap map = Map(setting);
        return Math.Min(Math.Max(1, setting.Members - 1), map.Count - 1 + map.SizeMax - 1);
    }

    public override string? Problem(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return !setting.Network.Topology.IsComplete ? $"{Name}: relays must reach each other, and members their relay; this topology is a graph"
            : Regions > setting.Members ? $"{Name}: {Regions} regions need as many members; there are {setting.Members}"
            : null;
    }

    public override ProcessFamily Family(BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        RelayOptions options = Options(setting);
        options.Validate();
        return ProcessFamily.Of(() => new RelayTables(setting.Members, setting.Remembered, options), (tables, _) => new RelayProcess(options, tables));
    }

    public override CostCases? Theory(BroadcastMetric metric, BroadcastSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Network.Topology.IsComplete ? HierarchicalTheory.Of(metric, setting, Options(setting)) : null;
    }

    private RegionMap Map(BroadcastSetting setting) =>
        RegionMap.Of(setting.Network.Topology, Regions > 0 ? Regions : Math.Max(1, (int)Math.Sqrt(setting.Members)));

    private RelayOptions Options(BroadcastSetting setting)
    {
        RegionMap map = Map(setting);
        // There and back, twice over for jitter, and the queue of the copies that a relay sends at once.
        long timeoutNs = (4 * Periods.OneWayNs(setting)) + ((map.Count + (Spread == RegionSpread.Flooding ? map.SizeMax : Math.Min(Arity, map.SizeMax))) * (setting.InRounds ? 0 : Periods.PayloadNs(setting)));
        return new RelayOptions { Map = map, Arity = Arity, Spread = Spread, TimeoutNs = timeoutNs };
    }

    private static Protocol Record { get; } = new()
    {
        Name = "hierarchical",
        Summary = "the origin tells its region's relay, that one the relays of the other regions, and each its region down a tree of arity k, every copy acknowledged; or by push or flooding within it",
        Messages = new Complexity("n - 1 payloads, as many acknowledgements", "n payloads where the origin is no relay, and n acknowledgements", "6 payloads for every dead member; those of a region again for each relay held for dead in error"),
        Rounds = new Complexity("1 + log_k(n/R)", "2 + log_k(n/R)", "two time-outs more for each dead member on the way down"),
        Bytes = new Complexity("(n-1) (b + c)", "n (b + c)", "6 n b + n c and more"),
        Latency = "completion of subtrees, time-outs of lost copies and of the dead included; within 13 % of runs from 100 members on, 20 % for ten, of whom a fixed number and not a share is dead; pushes within regions mostly miss some, and it is infinite",
        Guarantee = "every live member that one of six copies reaches, unless a relay dies between its acknowledgement and its sending",
        FaultModel = "crashes found out by silence, loss by repetition; partitions that last longer than six time-outs are not overcome",
        ScaleLimit = "a relay sends R - 1 copies; everybody must know who is in which region",
        Citation = new Citation("vanrenesse2003", "elected representatives of zones"),
    };
}
