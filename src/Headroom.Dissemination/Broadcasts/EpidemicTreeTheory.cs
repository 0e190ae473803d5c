using Headroom.Dissemination.EpidemicTrees;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Wire;
using Headroom.Kernel.Arithmetic;

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
        // Digests reach the live ones at p f (live / n)(1 - loss) a period and member: the last of so many missing is found after ln(missing) + gamma of these.
        double rate = gossipProbability * fanout * kept * (live - 1) / (setting.Members - 1);
        double repairRounds = missing > 0.5 && repairs ? 2 + ((Elementary.Log(missing) + 0.577) / rate) : 0;
        double rounds = theory.Height + repairRounds;
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
                return theory.IsSure ? new CostCases(Math.Min(theory.Height, 1), theory.Height, theory.Height) : new CostCases(Math.Min(theory.Height, 1), rounds, double.PositiveInfinity);
            case BroadcastMetric.Hops:
                return new CostCases(1, theory.Height, live - 1);
            case BroadcastMetric.Delivered:
                return theory.IsSure ? CostCases.Exactly(1)
                    : new CostCases(1, repairs ? 1 - (Elementary.Exp(-4) / live) : theory.Deliveries / (live - 1), 0, !repairs);
            default:
                double oneWay = Periods.OneWayNs(setting) / 1e9;
                CostCases latency = theory.Latency;
                return theory.IsSure ? new CostCases(Math.Min(latency.Best, oneWay), latency.Average, latency.Worst)
                    : new CostCases(latency.Best, repairs ? theory.LastSeconds + (repairRounds * oneWay) : TheoryCases.IfAllReached(theory.LastSeconds, missing), double.PositiveInfinity);
        }
    }
}
