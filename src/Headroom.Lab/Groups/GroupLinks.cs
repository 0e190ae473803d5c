using Headroom.Simulation.Networks;

namespace Headroom.Lab.Groups;

/// <summary>What every link between two members of a group does besides carrying datagrams: the sending host draws it for each of them, as the simulator does.</summary>
/// <param name="LatencyNs">Added to the way over the loopback interface.</param>
/// <param name="Jitter">Added to that, drawn for each datagram, so that later ones overtake it.</param>
/// <param name="Loss">Probability that a datagram is not sent.</param>
public sealed record GroupLinks(long LatencyNs = 0, Jitter Jitter = default, double Loss = 0)
{
    /// <summary>The same for the simulator, with what the way itself takes.</summary>
    public NetworkOptions Network(int members, long wayNs) => new() { Topology = Topology.Complete(members, LatencyNs + wayNs), Jitter = Jitter, Loss = Loss };
}
