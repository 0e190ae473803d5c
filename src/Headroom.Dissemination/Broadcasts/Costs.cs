using Headroom.Dissemination.Models;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Messages;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>Figures of a setting that what theory says of it is made of.</summary>
internal static class Costs
{
    /// <summary>Wire bytes of a message with a head of this length and the payload.</summary>
    public static double Payload(BroadcastSetting setting, int headBytes) => Bytes(setting, headBytes, setting.PayloadBytes);

    /// <summary>Wire bytes of a message with a head of this length alone.</summary>
    public static double Control(BroadcastSetting setting, int headBytes) => Bytes(setting, headBytes, 0);

    /// <summary>Whether everybody reaches everybody over links whose losses are independent: what mean-field formulas reckon with.</summary>
    public static bool IsMixed(BroadcastSetting setting) => setting.Network is { Topology.IsComplete: true, Bursts: null } && setting.Members > 1;

    /// <summary>Steps to a link's latency that recursions over time take; one in exact rounds.</summary>
    public static int StepsPerLatency(BroadcastSetting setting) => setting.InRounds ? 1 : 20;

    /// <summary>Whether so few are missed on average that no run is seen which misses one.</summary>
    public static bool IsSure(double missing) => missing < 1e-6;

    /// <summary>The least time in seconds that one copy takes over the fastest link.</summary>
    public static double OneCopySeconds(BroadcastSetting setting) =>
        (setting.EffectiveNetwork.Topology.LeastLatencyNs + Periods.PayloadNs(setting)) / 1e9;

    /// <summary>
    /// The time of the last delivery by a recursion of so many steps to a latency; infinite where some are missed. Members that act at phases of their own do so
    /// anywhere within a step.
    /// </summary>
    public static CostCases Latency(BroadcastSetting setting, double best, SpreadCurve curve, double missing, double stepsPerLatency, bool isPaced = true)
    {
        double steps = curve.LastStep(setting.Live) + (isPaced && stepsPerLatency > 1 ? 0.5 : 0);
        double average = steps * Periods.OneWayNs(setting) / stepsPerLatency / 1e9;
        return new CostCases(best, TheoryCases.IfAllReached(Math.Max(best, average), missing), double.PositiveInfinity);
    }

    /// <summary>
    /// Share of the round trips that take longer than two usual latencies: two jitters together above twice their mean, or, without jitter and where sending takes no time,
    /// all of them (what is due at the same instant was due first); none in exact rounds, where members wait for what arrives.
    /// </summary>
    public static double LateRoundTrips(BroadcastSetting setting)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        if (setting.InRounds)
        {
            return 0;
        }

        if (network.Jitter.IsNone)
        {
            return Periods.PayloadNs(setting) > 0 || !network.Topology.IsUniform ? 0 : 1;
        }

        // e^-2 (1 + 2) for the sum of two exponential ones.
        return network.Jitter.Shape == JitterShape.Exponential ? 3 * Elementary.Exp(-2) : 0.5;
    }

    /// <summary>Steps of a grid that divides a usual latency into so many (one in exact rounds), and the law of a hop on it.</summary>
    public static (double StepNs, DelayLaw Hop) Grid(BroadcastSetting setting, int stepsPerLatency, int stepsMax)
    {
        if (setting.InRounds)
        {
            return (1, DelayLaw.Certain(1));
        }

        double stepNs = (double)Periods.OneWayNs(setting) / stepsPerLatency;
        NetworkOptions network = setting.EffectiveNetwork;
        return (stepNs, DelayLaw.Of(network.Topology.GreatestLatencyNs + Periods.PayloadNs(setting), network.Jitter, stepNs, stepsMax));
    }

    private static double Bytes(BroadcastSetting setting, int headBytes, int bodyBytes)
    {
        PacketFormat packets = setting.Network.Packets;
        return packets.WireBytes(WireFrame.Length(headBytes, bodyBytes));
    }
}
