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
        long slowestNs = 0;
        for (int member = 0; member < network.Topology.Members; member++)
        {
            // All links of a complete topology are alike.
            int links = network.Topology.IsComplete ? Math.Min(1, network.Topology.Members - 1) : network.Topology.Degree(member);
            for (int i = 0; i < links; i++)
            {
                slowestNs = Math.Max(slowestNs, network.Topology.LatencyNs(member, i));
            }
        }

        return Math.Max(1, slowestNs + network.Jitter.MeanNs + PayloadNs(setting));
    }

    /// <summary>The latency of every link of a complete topology, as it runs.</summary>
    public static long LatencyNs(BroadcastSetting setting) => setting.Members < 2 ? 0 : setting.EffectiveNetwork.Topology.LatencyNs(0, 0);

    /// <summary>Time that one payload message occupies a line.</summary>
    public static long PayloadNs(BroadcastSetting setting)
    {
        NetworkOptions network = setting.EffectiveNetwork;
        return network.SerialisationNs(network.Packets.WireBytes(BroadcastHead.Length + setting.PayloadBytes));
    }
}
