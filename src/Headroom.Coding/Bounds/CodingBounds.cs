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
        EliasBassalygoBound.Distance,
        EliasBassalygoBound.Words,
        DelsarteBound.Distance,
        DelsarteBound.Words,
        GilbertVarshamovBound.BestDistance,
        MdsConverse.Loss,
        MdsConverse.Overhead,
        CutSetRepairBound.Reads,
        StorageRepairBound.Received,
        StorageRepairBound.Stored,
        StorageRepairBound.MinimumRepairOverhead,
        RepairFloor.Reads,
        RepairFloor.Time,
        LocalityBound.Distance,
        LocalityBound.Overhead,
        UpdateFloor.Writes,
    ];
}
