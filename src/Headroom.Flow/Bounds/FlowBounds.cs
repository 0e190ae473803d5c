using Headroom.Kernel.Bounds;

namespace Headroom.Flow.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class FlowBounds
{
    public static IReadOnlyList<Bound> All { get; } = [];
}
