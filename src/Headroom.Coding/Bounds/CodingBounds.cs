using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class CodingBounds
{
    public static IReadOnlyList<Bound> All { get; } = [];
}
