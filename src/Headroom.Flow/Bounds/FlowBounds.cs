using Headroom.Kernel.Bounds;

namespace Headroom.Flow.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class FlowBounds
{
    public static IReadOnlyList<Bound> All { get; } =
    [
        MinimumCut.Bound,
        PriceFloor.Bound,
        CutFloor.Bound,
        VolumeFloor.Bound,
        DistanceFloor.Bound,
        PriceOfAnarchy.Bound,
        TransferTime.Cut,
        TransferTime.StoreAndForward,
        MulticastCut.Bound,
        MulticastPrices.Bound,
        TokenBucketServer.Delay,
        TokenBucketServer.Backlog,
        TokenBucketServer.ArbitraryOrder,
        TandemDelay.SeparateFlow,
        TandemDelay.TotalFlow,
    ];
}
