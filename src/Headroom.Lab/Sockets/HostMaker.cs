using Headroom.Simulation.Processes;

namespace Headroom.Lab.Sockets;

/// <summary>Makes the host of these members, with the sockets that the options ask for, whatever their process type.</summary>
internal sealed class HostMaker(HostOptions options, IReadOnlyList<int> members, TimeProvider time) : IProcessHost<IMemberHost>
{
    public IMemberHost Run<TProcess>(Func<int, TProcess> create)
        where TProcess : struct, IProcess =>
        new MemberHost<TProcess>(options, create, members, options.Transport == Transport.Udp ? new UdpTransport() : new TcpTransport(), time);
}
