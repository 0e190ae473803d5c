namespace Headroom.Consensus.InSync.Torture;

/// <summary>How large a torture's runs are, and what the partition promises. What befalls it, and the rest of its set-up, each seed draws.</summary>
public sealed record InSyncTortureOptions
{
    public int Replicas { get; init; } = 3;

    /// <summary>Simulated seconds of a run; all replicas are up and connected for good after half of them.</summary>
    public int Seconds { get; init; } = 30;

    public int Producers { get; init; } = 3;

    /// <summary>Records of all producers together.</summary>
    public int Records { get; init; } = 600;

    /// <summary>
    /// With <see cref="FlushPolicy.Each"/> any number of crashes strikes; with <see cref="FlushPolicy.Never"/> one less than the least number in sync, besides whatever else may happen.
    /// </summary>
    public FlushPolicy Flush { get; init; } = FlushPolicy.Each;

    public bool AllowsUnclean { get; init; }

    public bool IsIdempotent { get; init; } = true;

    internal InSyncMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Replicas, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Replicas, 15);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seconds, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Seconds, 3600);
        ArgumentOutOfRangeException.ThrowIfLessThan(Producers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Producers, 60);
        ArgumentOutOfRangeException.ThrowIfLessThan(Records, Producers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Records, 1_000_000);
    }
}
