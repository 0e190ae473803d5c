using Headroom.Dissemination.Broadcasts;
using Headroom.Graphs;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Broadcasts;

internal static class Settings
{
    public static BroadcastSetting Complete(int members, bool inRounds = false, double failures = 0, double loss = 0) => new()
    {
        Network = new NetworkOptions
        {
            Topology = Topology.Complete(members, 40_000_000),
            Jitter = new Jitter(JitterShape.Uniform, 5_000_000),
            BandwidthBps = 1e8,
            Loss = loss,
        },
        PayloadBytes = 2000,
        InRounds = inRounds,
        Failures = failures,
    };

    public static BroadcastSetting On(DirectedGraph graph, bool inRounds = false) => new()
    {
        Network = new NetworkOptions { Topology = Topology.Of(graph) },
        PayloadBytes = 100,
        InRounds = inRounds,
    };
}
