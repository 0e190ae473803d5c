using Headroom.Consensus.Watch;

namespace Headroom.Audit.Studies.Watch;

/// <summary>Watchers of a store, as they were described.</summary>
public sealed record WatchInput
{
    /// <summary>Objects, watchers and links; how long the store takes, and how watchers are told, is still open.</summary>
    public required WatchOptions Options { get; init; }

    /// <summary>How long a member of the store takes to make a record durable.</summary>
    public required long DiskNs { get; init; }

    public double? P99Ms { get; init; }

    /// <summary>Messages a second that the store may send itself.</summary>
    public double? StoreMessages { get; init; }

    public required WatchStrategy Now { get; init; }

    public required IReadOnlyList<WatchStrategy> Others { get; init; }

    /// <summary>Updates a second, those at once spread over the run.</summary>
    public double UpdatesPerSecond => Options.Kinds.Sum(kind => kind.RateHz + (kind.AtOnce / Seconds));

    public double Seconds => Options.DurationNs / 1e9;
}
