using Headroom.Consensus.Torture;

namespace Headroom.Consensus.Watch.Torture;

/// <summary>How large a torture's runs are. What befalls them each seed draws.</summary>
public sealed record WatchTortureOptions
{
    /// <summary>Watchers; the store and relays come on top.</summary>
    public int Watchers { get; init; } = 8;

    /// <summary>Simulated seconds of a run; all is healed for good after half of them.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>Updates that are asked of the store, about so many: moments are drawn.</summary>
    public int Updates { get; init; } = 400;

    internal WatchMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Watchers, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Watchers, TortureOptions.MembersMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Seconds, 3600);
        ArgumentOutOfRangeException.ThrowIfLessThan(Updates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Updates, 100_000);
    }
}
