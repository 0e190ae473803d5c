using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class InformationBounds
{
    public static IReadOnlyList<Bound> All { get; } =
    [
        SourceCoding.Bound,
        SourceCodingTail.Bound,
        MarkovSource.Bound,
        PrefixCode.Bound,
        KraftRoom.Bound,
        BinarySymmetricChannel.Bound,
        BinaryErasureChannel.Bound,
        ZChannel.Bound,
        NoisyTypewriter.Bound,
        DiscreteChannel.Bound,
        DeletionChannel.Bound,
        DeletionChannelAchievable.Bound,
        GaussianChannel.Bound,
        ShannonHartley.Bound,
        BinaryRateDistortion.Bound,
        GaussianRateDistortion.Bound,
        SlepianWolfSum.Bound,
        SlepianWolfCorner.Bound,
        FanoError.Bound,
    ];
}
