using Headroom.Lab.Sockets;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Laboratory;

/// <summary>What the wire adds to a message of a transport: counted, since loopback carries no Ethernet.</summary>
public static class LabPackets
{
    public static PacketFormat Of(Transport transport) => transport == Transport.Udp ? PacketFormat.UdpOverEthernet : PacketFormat.TcpOverEthernet;
}
