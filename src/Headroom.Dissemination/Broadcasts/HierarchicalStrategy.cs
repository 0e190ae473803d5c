using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Regions;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Strategies;
using Headroom.Simulation.Processes;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>
/// Through relays: see <see cref="RelayProcess"/>. The regions are the topology's; where it has none so many equal ones, for 0 the square root of the members.
/// </summary>
public sealed record HierarchicalStrategy(int Arity = 4, int Regions = 0) : BroadcastStrategy
{
    public static BroadcastProtocol Entry { get; } = new(
        new StrategyForm("hierarchical", "to the relay of each region, and from there down a tree; acknowledged, dead relays and parents replaced (regions = 0: the topology's, or sqrt n)",
            new StrategyParameter("arity", 1, 1_000_000) { Default = 4 }, new StrategyParameter("regions", 0, 65_536) { Default = 0 }),
        call => new HierarchicalStrategy(call.Int(0), call.Int(1)), new HierarchicalStrategy());

    public override string Name => Regions == 0 ? $"hierarchical({Arity})" : $"hierarchical({Arity},{Regions})";

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
        if (!setting.Network.Topology.IsComplete)
        {
            return null;
        }

        RegionMap map = Map(setting);
        // Nothing is lost, nobody dead, no acknowledgement late.
        bool isQuiet = setting is { Failures: 0, Network: { Loss: 0, Bursts: null, QueueBytesMax: null, Duplication: 0 } } && (setting.InRounds || setting.Network.Jitter.IsNone);
        bool isRelay = map.PositionOf(setting.Origin) == 0;
        double least = setting.Members - 1;
        double copies = least + (isRelay ? 0 : 1);
        double most = double.PositiveInfinity;
        double payload = Costs.Payload(setting, RegionHead.Length);
        double acknowledgement = Costs.Control(setting, RegionHead.Length);
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return isQuiet ? CostCases.Exactly(copies) : new CostCases(Costs.Live(setting) - 1, Expected(setting, copies), most);
            case BroadcastMetric.Messages:
                return isQuiet ? CostCases.Exactly(2 * copies) : new CostCases(Costs.Live(setting) - 1, Expected(setting, copies) + Costs.Live(setting) - 1, most);
            case BroadcastMetric.Bytes:
                return isQuiet
                    ? CostCases.Exactly(copies * (payload + acknowledgement))
                    : new CostCases((Costs.Live(setting) - 1) * payload, (Expected(setting, copies) * payload) + ((Costs.Live(setting) - 1) * acknowledgement), most);
            case BroadcastMetric.Rounds or BroadcastMetric.Hops when isQuiet && (metric == BroadcastMetric.Rounds ? setting.InRounds : isRelay):
                return CostCases.Exactly(Depth(map, setting.Origin));
            case BroadcastMetric.Rounds:
                return new CostCases(setting.Members > 1 ? 1 : 0, isQuiet ? Depth(map, setting.Origin) : double.PositiveInfinity, most);
            case BroadcastMetric.Delivered when isQuiet:
                return CostCases.Exactly(1);
            default:
                return null;
        }
    }

    /// <summary>Copies until each is acknowledged, 1/((1-p)^2), and those sent to the dead before they are given up.</summary>
    private double Expected(BroadcastSetting setting, double copies)
    {
        RelayOptions options = Options(setting);
        double live = Costs.Live(setting);
        double loss = setting.Network.Loss;
        return (copies * live / setting.Members / ((1 - loss) * (1 - loss))) + ((setting.Members - live) * options.SendingsMax);
    }

    /// <summary>Hops to the deepest member: to the relay, across, and down the trees.</summary>
    private int Depth(RegionMap map, int origin)
    {
        int own = map.RegionOf(origin);
        int toRelay = map.PositionOf(origin) == 0 ? 0 : 1;
        int depth = 0;
        for (int region = 0; region < map.Count; region++)
        {
            depth = Math.Max(depth, (region == own ? 0 : 1) + Height(map.Size(region)));
        }

        return toRelay + depth;
    }

    private int Height(int size)
    {
        int height = 0;
        for (long reached = 1, level = 1; reached < size; height++)
        {
            level *= Arity;
            reached += level;
        }

        return height;
    }

    private RegionMap Map(BroadcastSetting setting) =>
        RegionMap.Of(setting.Network.Topology, Regions > 0 ? Regions : Math.Max(1, (int)Math.Sqrt(setting.Members)));

    private RelayOptions Options(BroadcastSetting setting)
    {
        RegionMap map = Map(setting);
        // There and back, twice over for jitter, and the queue of the copies that a relay sends at once.
        long timeoutNs = (4 * Periods.OneWayNs(setting)) + ((map.Count + Math.Min(Arity, map.SizeMax)) * (setting.InRounds ? 0 : Periods.PayloadNs(setting)));
        return new RelayOptions { Map = map, Arity = Arity, TimeoutNs = timeoutNs };
    }

    private static Protocol Record { get; } = new()
    {
        Name = "hierarchical",
        Summary = "the origin tells its region's relay, that one the relays of the other regions, and each its region down a tree of arity k; every copy is acknowledged",
        Messages = new Complexity("n - 1 payloads, as many acknowledgements", "n payloads where the origin is no relay, and n acknowledgements", "6 payloads for every dead member; those of a region again for each relay held for dead in error"),
        Rounds = new Complexity("1 + log_k(n/R)", "2 + log_k(n/R)", "two time-outs more for each dead member on the way down"),
        Bytes = new Complexity("(n-1) (b + c)", "n (b + c)", "6 n b + n c and more"),
        Guarantee = "every live member that one of six copies reaches, unless a relay dies between its acknowledgement and its sending",
        FaultModel = "crashes found out by silence, loss by repetition; partitions that last longer than six time-outs are not overcome",
        ScaleLimit = "a relay sends R - 1 copies; everybody must know who is in which region",
        Citation = new Citation("vanrenesse2003", "elected representatives of zones"),
    };
}
