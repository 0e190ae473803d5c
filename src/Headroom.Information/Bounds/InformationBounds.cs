using Headroom.Kernel.Bounds;

namespace Headroom.Information.Bounds;

/// <summary>The theorems of this subject, one file each, listed here.</summary>
public static class InformationBounds
{
    public static IReadOnlyList<Bound> All { get; } = [];
}
