using Headroom.Kernel.Randomness;

namespace Headroom.Lab.Maelstrom.Networks;

/// <summary>The latency of a message between two nodes, or a node and a service. Clients have none, as if each stood beside its node.</summary>
public sealed record LatencyDistribution(LatencyShape Shape, long MeanNs)
{
    /// <summary>The least that can be drawn: what a floor on time may count on.</summary>
    public long MinimumNs => Shape == LatencyShape.Constant ? MeanNs : 0;

    internal long DrawNs(ref RandomStream random) => Shape switch
    {
        LatencyShape.Constant => MeanNs,
        LatencyShape.Uniform => (long)(random.NextDouble() * 2 * MeanNs),
        _ => (long)random.Exponential(MeanNs),
    };
}
