namespace Headroom.Kernel.Bounds;

/// <summary>A key of references.md and the place within that source: <c>new("singleton1964", "Theorem 1")</c>.</summary>
public sealed record Citation(string Key, string Place)
{
    public override string ToString() => $"[{Key}] {Place}";
}
