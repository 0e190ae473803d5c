using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class CodingBounds
{
    public static IReadOnlyList<Bound> All { get; } =
    [
        SingletonBound.Distance,
        SingletonBound.Overhead,
        HammingBound.Distance,
        PlotkinBound.Distance,
        GriesmerBound.Distance,
        GilbertVarshamovBound.BestDistance,
        MdsConverse.Loss,
        MdsConverse.Overhead,
        CutSetRepairBound.Reads,
        RepairFloor.Reads,
        RepairFloor.Time,
        LocalityBound.Distance,
        LocalityBound.Overhead,
        UpdateFloor.Writes,
    ];
}
