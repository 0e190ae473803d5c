using Headroom.Dissemination.Wire;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>How protocols pace themselves on a network that they know only by its usual latency.</summary>
internal static class Periods
{
    /// <summary>The slowest link's minimum latency, the mean jitter and one payload's serialisation; one round in rounds.</summary>
    public static long OneWayNs(BroadcastSetting setting)
    {
        if (setting.InRounds)
        {
            return 1;
        }

        NetworkOptions network = setting.Network;
        return Math.Max(1, network.Topology.GreatestLatencyNs + network.Jitter.MeanNs + PayloadNs(setting));
    }

    /// <summary>The latency of every link of a complete topology, as it runs; the greatest where regions differ.</summary>
    public static long LatencyNs(BroadcastSetting setting) => setting.EffectiveNetwork.Topology.GreatestLatencyNs;

    /// <summary>Time that one payload message occupies a line.</summary>
    public static long PayloadNs(BroadcastSetting setting) => setting.EffectiveNetwork.SerialisationNs(PayloadWireBytes(setting));

    /// <summary>Bytes that one payload message takes on the wire.</summary>
    public static long PayloadWireBytes(BroadcastSetting setting) => setting.Network.Packets.WireBytes(BroadcastHead.MessageBytes(setting.PayloadBytes));
}
