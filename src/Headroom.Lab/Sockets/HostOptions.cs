using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Lab.Sockets;

/// <summary>What a host of members needs to know of a run, whatever its members do.</summary>
internal sealed record HostOptions(NetworkOptions Network, Transport Transport, Seed Seed)
{
    public int Members => Network.Topology.Members;
}
