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

    private static double Bytes(BroadcastSetting setting, int headBytes, int bodyBytes)
    {
        PacketFormat packets = setting.Network.Packets;
        return packets.WireBytes(WireFrame.Length(headBytes, bodyBytes));
    }
}
