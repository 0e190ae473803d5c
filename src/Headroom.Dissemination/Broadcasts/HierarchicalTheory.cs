using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Regions;
using Headroom.Kernel.Findings;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What broadcast through relays costs: exactly where nothing is lost, nobody dead and no acknowledgement late.</summary>
internal static class HierarchicalTheory
{
    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, RelayOptions options)
    {
        if (!setting.Network.Topology.IsComplete)
        {
            return null;
        }

        bool isQuiet = setting is { Failures: 0, Network: { Loss: 0, Bursts: null, QueueBytesMax: null, Duplication: 0 } } && (setting.InRounds || setting.Network.Jitter.IsNone);
        bool isRelay = options.Map.PositionOf(setting.Origin) == 0;
        bool isSure = isQuiet && options.Spread != RegionSpread.Push;
        (double Copies, double Acknowledgements) all = Copies(options, setting.Origin);
        double live = setting.Live;
        double copies = isQuiet ? all.Copies : Lossy(setting, options, all.Copies);
        double acknowledgements = isQuiet ? all.Acknowledgements : all.Acknowledgements * live / setting.Members;
        double payload = Costs.Payload(setting, RegionHead.Length);
        double control = Costs.Control(setting, RegionHead.Length);
        // Pushes and lost copies may miss some, who then cost nothing.
        double least = setting.Network.Loss == 0 && setting.Network.Bursts is null && (options.Spread != RegionSpread.Push || options.Arity >= options.Map.SizeMax - 1) ? live - 1 : Math.Min(1, live - 1);
        return metric switch
        {
            BroadcastMetric.Payloads => Cases(isSure, least, copies),
            BroadcastMetric.Messages => Cases(isSure, least, copies + acknowledgements),
            BroadcastMetric.Bytes => Cases(isSure, least * payload, (copies * payload) + (acknowledgements * control)),
            BroadcastMetric.Rounds when isSure && setting.InRounds => CostCases.Exactly(Depth(options, setting.Origin)),
            BroadcastMetric.Rounds when setting.InRounds && live > 1 && setting.Network.Bursts is null => new CostCases(1, RelayTime.Of(setting, options).Time, double.PositiveInfinity),
            BroadcastMetric.Latency when live > 1 && setting.Network.Bursts is null => Latency(setting, options),
            // Below an origin that is no relay paths are shorter: its payload came by no link.
            BroadcastMetric.Hops when isSure && isRelay => CostCases.Exactly(Depth(options, setting.Origin)),
            BroadcastMetric.Delivered when isSure => CostCases.Exactly(1),
            BroadcastMetric.Delivered when isQuiet => new CostCases(1, InfectAndDie.ReachedShare(options.Arity), 0),
            _ => null,
        };
    }

    private static CostCases Latency(BroadcastSetting setting, RelayOptions options)
    {
        (double time, double missing) = RelayTime.Of(setting, options);
        double least = Costs.OneCopySeconds(setting);
        return new CostCases(least, TheoryCases.IfAllReached(Math.Max(least, time / 1e9), missing), double.PositiveInfinity);
    }

    private static CostCases Cases(bool isExact, double best, double average) => isExact ? CostCases.Exactly(average) : new CostCases(best, Math.Max(best, average), double.PositiveInfinity);

    /// <summary>Copies on a quiet network, on average where they are drawn, and how many of them are acknowledged.</summary>
    private static (double Copies, double Acknowledgements) Copies(RelayOptions options, int origin)
    {
        RegionMap map = options.Map;
        int own = map.RegionOf(origin);
        bool isRelay = map.PositionOf(origin) == 0;
        double across = map.Count - 1 + (isRelay ? 0 : 1);
        double within = 0;
        for (int region = 0; region < map.Count; region++)
        {
            double others = map.Size(region) - 1;
            // An origin that is no relay has had the payload and does not spread it again, but forwards it down a tree.
            double forwarders = others - (region == own && !isRelay ? 1 : 0);
            within += options.Spread switch
            {
                RegionSpread.Tree => others,
                RegionSpread.Flooding => others + (forwarders * (others - 1)),
                _ when others == 0 => 0,
                _ => Math.Min(options.Arity, others) * (1 + (forwarders * InfectAndDie.ReachedShare(options.Arity) * (1 - (1 / others)))),
            };
        }

        return (across + within, across + (options.Spread == RegionSpread.Tree ? within : 0));
    }

    /// <summary>Copies until each is acknowledged, 1/((1-p)^2), and those sent to the dead before they are given up.</summary>
    private static double Lossy(BroadcastSetting setting, RelayOptions options, double copies)
    {
        double share = (double)setting.Live / setting.Members;
        double arrives = 1 - setting.Network.Loss;
        return options.Spread == RegionSpread.Tree
            ? (copies * share / (arrives * arrives)) + ((setting.Members - setting.Live) * options.SendingsMax)
            : copies * share;
    }

    /// <summary>Hops to the deepest member: to the relay, across, and within.</summary>
    private static int Depth(RelayOptions options, int origin)
    {
        RegionMap map = options.Map;
        int own = map.RegionOf(origin);
        int depth = 0;
        for (int region = 0; region < map.Count; region++)
        {
            depth = Math.Max(depth, (region == own ? 0 : 1) + Height(options, map.Size(region)));
        }

        return depth + (map.PositionOf(origin) == 0 ? 0 : 1);
    }

    private static int Height(RelayOptions options, int size)
    {
        if (options.Spread == RegionSpread.Flooding)
        {
            return size > 1 ? 1 : 0;
        }

        int height = 0;
        for (long reached = 1, level = 1; reached < size; height++)
        {
            level *= options.Arity;
            reached += level;
        }

        return height;
    }
}
