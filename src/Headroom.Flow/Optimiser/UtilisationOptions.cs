namespace Headroom.Flow.Optimiser;

/// <summary>When the optimiser may stop.</summary>
public sealed record UtilisationOptions
{
    /// <summary>Stop when the routing is at most this much above the floor that its prices prove, relative to the floor; above 0.</summary>
    public required double GapMax { get; init; }

    /// <summary>Stop after so many rounds in any case; a round computes shortest paths to every target once.</summary>
    public int RoundsMax { get; init; } = 1000;

    public static UtilisationOptions Default { get; } = new() { GapMax = 0.01 };

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GapMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(RoundsMax, 1);
    }
}
