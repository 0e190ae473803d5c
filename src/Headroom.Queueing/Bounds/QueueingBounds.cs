using Headroom.Kernel.Bounds;

namespace Headroom.Queueing.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class QueueingBounds
{
    public static IReadOnlyList<Bound> All { get; } = [];
}
