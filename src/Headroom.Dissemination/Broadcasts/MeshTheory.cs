using Headroom.Dissemination.Mesh;
using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Findings;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What a mesh costs where everybody reaches everybody: the degrees that first heartbeats bring about, flooded link by link, and digests for whom that misses.</summary>
internal static class MeshTheory
{
    private const int StepsPerLatency = 10;

    /// <summary>Latencies that are followed with the flood; what is still missed then waits for digests.</summary>
    private const int StepsMax = 4000;

    public static CostCases? Of(BroadcastMetric metric, BroadcastSetting setting, MeshOptions options, int heartbeats)
    {
        double live = setting.Live;
        double kept = 1 - setting.Network.Loss;
        int others = setting.Members - 1;
        double alive = (live - 1) / others;
        double[] degrees = MeshDegrees.Of(options.Degree, options.DegreeLow, options.DegreeHigh, others);
        double mean = 0;
        for (int degree = 0; degree < degrees.Length; degree++)
        {
            mean += degree * degrees[degree];
        }

        (double stepNs, DelayLaw hop) = Costs.Grid(setting, StepsPerLatency, StepsMax);
        double heartbeatSteps = options.HeartbeatNs / stepNs;
        // A member that knows tells so many of those it knows outside the mesh each heartbeat; digest, question and payload must come through.
        double outside = Math.Min(options.Lazy, Math.Max(0, Math.Min(options.Known, others) - mean));
        int answer = setting.InRounds ? 3 : 3 * StepsPerLatency;
        int steps = (int)Math.Min(StepsMax, (options.GossipWindows * heartbeatSteps) + (20 * answer));
        var flood = new EdgeFlood(degrees, live, alive * kept, hop, steps, outside * alive * kept * kept * kept / heartbeatSteps, answer);
        double missing = live * flood.Curve.Missed;
        double copies = ((live - missing) * (mean - 1)) + 1;
        double copiesMost = live * (options.DegreeMax + options.Lazy);
        double told = live * outside * options.GossipWindows;
        switch (metric)
        {
            case BroadcastMetric.Payloads:
                return new CostCases(Costs.IsSure(missing) ? live - 1 : 0, copies, copiesMost);
            case BroadcastMetric.Messages:
                return new CostCases(Costs.IsSure(missing) ? live - 1 : 0, copies + told, copiesMost + (3 * live * options.Lazy * heartbeats) + (2 * live * options.Known * heartbeats));
            case BroadcastMetric.Bytes:
                double payload = Costs.Payload(setting, MeshHead.PayloadLength);
                return new CostCases(Costs.IsSure(missing) ? (live - 1) * payload : 0, (copies * payload) + (told * Costs.Control(setting, MeshHead.PayloadLength)), double.PositiveInfinity);
            case BroadcastMetric.Rounds:
                return new CostCases(1, flood.Curve.LastStep(live), double.PositiveInfinity);
            case BroadcastMetric.Latency:
                return Costs.Latency(setting, Costs.OneCopySeconds(setting), flood.Curve, missing, Periods.OneWayNs(setting) / stepNs, isPaced: false);
            case BroadcastMetric.Delivered:
                return new CostCases(1, 1 - (missing / (live - 1)), 0);
            default:
                return null;
        }
    }
}
