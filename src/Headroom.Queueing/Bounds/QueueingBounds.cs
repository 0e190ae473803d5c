using Headroom.Kernel.Bounds;

namespace Headroom.Queueing.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class QueueingBounds
{
    public static IReadOnlyList<Bound> All { get; } =
    [
        StabilityBound.Servers,
        ServiceTimeBound.Mean,
        ServiceTimeBound.Quantile,
        ServiceTimeBound.QuantileOfSizes,
        ShortestRemainingBound.Fitted,
        ShortestRemainingBound.OfSizes,
        ShortestRemainingBound.Servers,
        WorkloadBound.OfPath,
        BlindServersBound.Mean,
        PooledMarkovianBound.Mean,
        StaticSplitBound.Mean,
        KingmanBound.Wait,
        BottleneckBound.Throughput,
        BottleneckBound.Response,
    ];
}
