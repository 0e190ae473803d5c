using Headroom.Kernel.Bounds;

namespace Headroom.Dissemination.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class DisseminationBounds
{
    public static IReadOnlyList<Bound> All { get; } = [];
}
