namespace Headroom.Lab.Groups;

/// <summary>What clients ask for.</summary>
public sealed record GroupWork
{
    /// <summary>Keys, or registers.</summary>
    public int Keys { get; init; } = 16;

    /// <summary>Of a hundred operations so many read.</summary>
    public int ReadsPercent { get; init; } = 40;

    /// <summary>A request that is not answered after this goes to another server, or is sent again.</summary>
    public long TimeoutNs { get; init; } = 1_000_000_000;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Keys, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ReadsPercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReadsPercent, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeoutNs, 1);
    }
}
