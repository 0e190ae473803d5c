namespace Headroom.Audit.Comparisons.Grids;

/// <summary>What links do, over a grid, as it is typed: each but the last a list.</summary>
public abstract record LinkGridText
{
    public string Loss { get; init; } = "0";

    public string Bandwidth { get; init; } = "1G";

    public string Jitter { get; init; } = "0";

    public string Duplication { get; init; } = "0";

    public string Reordering { get; init; } = "0";

    public string Queue { get; init; } = "inf";

    public bool InOrder { get; init; }
}
