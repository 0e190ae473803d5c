namespace Headroom.Dissemination.Plumtree;

/// <summary>The parameters of <see cref="PlumtreeProcess"/>.</summary>
public sealed record PlumtreeOptions
{
    /// <summary>How long a member that was told of a broadcast waits for the payload before it asks.</summary>
    public required long FirstTimeoutNs { get; init; }

    /// <summary>How long it waits for the payload that it asked for before it asks another.</summary>
    public required long NextTimeoutNs { get; init; }

    /// <summary>How many fewer hops an announcement must have taken than the payload for its sender to become the parent.</summary>
    public int HopsSaved { get; init; } = 3;

    /// <summary>How long announcements wait for others to travel with; 0 sends each at once.</summary>
    public long AnnounceDelayNs { get; init; }

    /// <summary>How often a member asks for a broadcast on the strength of the announcements it has; another announcement starts anew.</summary>
    public int Grafts { get; init; } = 8;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstTimeoutNs, 1, nameof(FirstTimeoutNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(NextTimeoutNs, 1, nameof(NextTimeoutNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(HopsSaved, 1, nameof(HopsSaved));
        ArgumentOutOfRangeException.ThrowIfNegative(AnnounceDelayNs, nameof(AnnounceDelayNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(Grafts, 1, nameof(Grafts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Grafts, byte.MaxValue, nameof(Grafts));
    }
}
