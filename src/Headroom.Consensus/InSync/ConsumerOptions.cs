namespace Headroom.Consensus.InSync;

/// <summary>How a consumer works: fetches at a pace, one on its way at a time, each from an offset drawn among those known to be below the watermark.</summary>
public sealed record ConsumerOptions
{
    /// <summary>Members 0 to this less one are replicas.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many fetches it makes.</summary>
    public required int Fetches { get; init; }

    /// <summary>From one fetch to the next; one that takes longer delays those after it.</summary>
    public required long PeriodNs { get; init; }

    /// <summary>The first fetch's moment, and up to a period later.</summary>
    public required long LoadNs { get; init; }

    /// <summary>A fetch takes batches until it has so many bytes; at least one batch.</summary>
    public int FetchBytes { get; init; } = 1;

    /// <summary>A fetch that is not answered after this is sent again, to another replica.</summary>
    public long TimeoutNs { get; init; } = 5_000_000_000;

    /// <summary><c>retry.backoff.ms</c>.</summary>
    public long BackoffNs { get; init; } = 100_000_000;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Replicas, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Replicas, InSyncOptions.ReplicasMax);
        ArgumentOutOfRangeException.ThrowIfNegative(Fetches);
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(LoadNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(FetchBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeoutNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffNs, 1);
    }
}
