namespace Headroom.Dissemination.Regions;

/// <summary>The parameters of <see cref="RelayProcess"/>.</summary>
public sealed record RelayOptions
{
    public required RegionMap Map { get; init; }

    public RegionSpread Spread { get; init; } = RegionSpread.Tree;

    /// <summary>Children of a member in the tree of its region, or members that it pushes to.</summary>
    public required int Arity { get; init; }

    /// <summary>How long a member waits for an acknowledgement before it sends again.</summary>
    public required long TimeoutNs { get; init; }

    /// <summary>After so many sendings without an acknowledgement a peer is suspected: another relay is chosen, a child's children are adopted.</summary>
    public int SuspectAfter { get; init; } = 2;

    /// <summary>Sendings to a child in all, adopted children or not: it may live behind a link that loses much.</summary>
    public int SendingsMax { get; init; } = 6;

    /// <summary>Peers that a member suspects at a time; of more it forgets the first.</summary>
    public int SuspectsMax { get; init; } = 8;

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Map);
        ArgumentOutOfRangeException.ThrowIfLessThan(Arity, 1, nameof(Arity));
        if (Spread == RegionSpread.Push)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Arity, RelayProcess.PushMax, nameof(Arity));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(TimeoutNs, 1, nameof(TimeoutNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(SuspectAfter, 1, nameof(SuspectAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(SendingsMax, SuspectAfter, nameof(SendingsMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(SuspectsMax, 1, nameof(SuspectsMax));
    }
}
