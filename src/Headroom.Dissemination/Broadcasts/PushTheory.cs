using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What push gossip costs where everybody reaches everybody, by its mean field.</summary>
internal static class PushTheory
{
    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, int fanout, int times)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        int live = setting.Live;
        if (!network.Topology.IsComplete || live < 2)
        {
            return null;
        }

        var field = PushMeanField.Of(setting.Members, live, fanout, times, network.Loss);
        double deliveries = (1 - field.DiesOut) * field.Deliveries;
        double each = (double)fanout * times;
        var copies = new CostCases(each, each * (1 + deliveries), each * live);
        double fewestRounds = Fewest(live, fanout);
        bool isSafe = network.Loss == 0 && live == setting.Members;
        switch (metric)
        {
            case BroadcastMetric.Payloads or BroadcastMetric.Messages:
                return copies;
            case BroadcastMetric.Bytes:
                return TheoryCases.Times(copies, Periods.PayloadWireBytes(setting));
            case BroadcastMetric.Delivered:
                return new CostCases(1, deliveries / (live - 1), isSafe ? Math.Min(1, fanout / (live - 1.0)) : 0);
            case BroadcastMetric.Rounds:
                // At worst each reaches one new member, the last time that it sends.
                return new CostCases(fewestRounds, field.Rounds, (live - 1.0) * times);
            case BroadcastMetric.Hops:
                return times == 1 ? new CostCases(fewestRounds, field.Rounds, live - 1) : null;
            default:
                double hop = (Periods.OneWayNs(setting) + (0.5 * (fanout - 1) * Periods.PayloadNs(setting))) / 1e9;
                double least = (network.Topology.LeastLatencyNs + Periods.PayloadNs(setting)) / 1e9;
                double missing = (live - 1 - field.Deliveries) + (field.DiesOut * (live - 1));
                return new CostCases(fewestRounds * least, TheoryCases.IfAllReached(field.Rounds * hop, missing), double.PositiveInfinity);
        }
    }

    /// <summary>Rounds in which those who know multiply by f + 1, nobody reached twice.</summary>
    private static int Fewest(int live, int fanout)
    {
        int rounds = 0;
        for (double knowing = 1; knowing < live; knowing *= fanout + 1.0)
        {
            rounds++;
        }

        return rounds;
    }
}
