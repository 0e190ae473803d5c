namespace Headroom.Coding.Tests.Bounds;

/// <summary>A fact that asks GUAVA itself; skipped with its reason where it is absent.</summary>
internal sealed class GuavaFactAttribute : FactAttribute
{
    public GuavaFactAttribute() => Skip = GuavaReason.Skip();
}

/// <summary>A theory about GUAVA's tables; skipped with its reason where they are absent.</summary>
internal sealed class GuavaTheoryAttribute : TheoryAttribute
{
    public GuavaTheoryAttribute() => Skip = GuavaReason.Skip();
}

internal static class GuavaReason
{
    public static string? Skip() => File.Exists(GuavaTable.PathOf(2)) && File.Exists("/usr/bin/gap") ? null
        : $"missing data: {GuavaTable.PathOf(2)} (Debian package gap-guava)";
}
