using Headroom.Dissemination.EpidemicTrees;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Findings;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What a tree with epidemic repair costs where everybody reaches everybody: the tree's copies, digests without regard to who is missing, a pull for each that is.</summary>
internal static class EpidemicTreeTheory
{
    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, Func<TreeTheory> down, int fanout, double gossipProbability)
    {
        int live = setting.Live;
        if (!setting.Network.Topology.IsComplete || live < 2)
        {
            return null;
        }

        TreeTheory theory = down();
        double kept = 1 - setting.Network.Loss;
        double missing = live - 1 - theory.Deliveries;
        double periods = EpidemicBroadcastTreeOptions.PeriodsFor(setting.Members, fanout, gossipProbability);
        double digests = live * periods * gossipProbability * fanout;
        bool repairs = digests > 0;
        // A pull and its answer both come through; an unanswered one is repeated.
        double pulled = repairs ? missing / kept : 0;
        var copies = new CostCases(theory.Copies.Best, theory.Copies.Average + pulled, 2.0 * (setting.Members - 1), !repairs);
        double digestsMost = live * periods * fanout;
        double control = digests + (repairs ? missing / (kept * kept) : 0);
        RepairedTree? repaired = repairs && metric is BroadcastMetric.Rounds or BroadcastMetric.Latency or BroadcastMetric.Delivered
            ? new RepairedTree(theory.MembersAtDepth, live, setting.Network.Loss, gossipProbability * fanout, (int)periods)
            : null;
        double rounds = repaired?.LastRound ?? theory.Height;
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return copies;
            case BroadcastMetric.Messages:
                return new CostCases(copies.Best, copies.Average + control, copies.Worst + (2 * digestsMost), !repairs);
            case BroadcastMetric.Bytes:
                double head = setting.EffectiveNetwork.Packets.WireBytes(BroadcastHead.MessageBytes(0));
                CostCases payload = TheoryCases.Times(copies, Periods.PayloadWireBytes(setting));
                return new CostCases(payload.Best, payload.Average + (control * head), payload.Worst + (2 * digestsMost * head), !repairs);
            case BroadcastMetric.Rounds:
                // A member that asked by the time its children are told delays them; where nobody can, the tree is all there is.
                return new CostCases(Math.Min(theory.Height, 1), rounds, theory.IsSure && !repairs ? theory.Height : double.PositiveInfinity);
            case BroadcastMetric.Hops:
                return new CostCases(1, theory.Height, live - 1);
            case BroadcastMetric.Delivered:
                return theory.IsSure ? CostCases.Exactly(1)
                    : new CostCases(1, repaired is null ? theory.Deliveries / (live - 1) : 1 - (repaired.Missing / (live - 1)), 0, !repairs);
            default:
                double oneWay = Periods.OneWayNs(setting) / 1e9;
                CostCases latency = theory.Latency;
                if (repaired is null)
                {
                    return theory.IsSure ? latency : new CostCases(latency.Best, TheoryCases.IfAllReached(theory.LastSeconds, missing), double.PositiveInfinity);
                }

                // Where the tree's copies all come, its slowest path or the few that digests delay; else the rounds that repair adds to its time.
                double repairedSeconds = theory.IsSure ? Math.Max(latency.Average, rounds * oneWay) : theory.LastSeconds + ((rounds - theory.Height) * oneWay);
                double least = Costs.OneCopySeconds(setting);
                return new CostCases(Math.Min(latency.Best, least), TheoryCases.IfAllReached(Math.Max(least, repairedSeconds), repaired.Missing), double.PositiveInfinity);
        }
    }
}
