namespace Headroom.Consensus.InSync;

/// <summary>How one partition is replicated. Replicas are members 0 to n-1 of the host, the registrar is member n, clients follow. Defaults are Kafka's where it has them.</summary>
public sealed record InSyncOptions
{
    public const int ReplicasMax = 32;

    /// <summary><c>message.max.bytes</c>: no batch is longer, nor an answer to a fetch except by one batch's heads.</summary>
    public const int BatchBytesLimit = 1 << 20;

    public required int Replicas { get; init; }

    /// <summary><c>min.insync.replicas</c>: with fewer, records that want all acknowledgements are refused.</summary>
    public int MinInSync { get; init; } = 1;

    /// <summary><c>replica.lag.time.max.ms</c>: a follower that has not caught up with the leader's log for so long is no longer in sync.</summary>
    public long LagNs { get; init; } = 30_000_000_000;

    /// <summary><c>replica.fetch.wait.max.ms</c>: a fetch that finds too little is answered after so long.</summary>
    public long FetchWaitNs { get; init; } = 500_000_000;

    /// <summary><c>replica.fetch.min.bytes</c>.</summary>
    public int FetchMinBytes { get; init; } = 1;

    /// <summary><c>replica.fetch.max.bytes</c>; a single larger batch is sent alone.</summary>
    public int FetchBytesMax { get; init; } = BatchBytesLimit;

    /// <summary>How long after the longest wait a follower asks again, and a leader repeats what it asked the registrar.</summary>
    public long RetryNs { get; init; } = 1_000_000_000;

    public FlushPolicy Flush { get; init; }

    /// <summary>How long the system keeps written records in memory, where nothing is flushed.</summary>
    public long WritebackNs { get; init; } = 5_000_000_000;

    /// <summary><c>broker.heartbeat.interval.ms</c>.</summary>
    public long HeartbeatNs { get; init; } = 2_000_000_000;

    /// <summary><c>broker.session.timeout.ms</c>: a replica unheard for so long is taken out.</summary>
    public long SessionNs { get; init; } = 9_000_000_000;

    /// <summary><c>unclean.leader.election.enable</c>: where no replica in sync is alive, any other leads, and what it lacks is lost.</summary>
    public bool AllowsUnclean { get; init; }

    /// <summary>A fault put in on purpose, to see that it is caught: reached by tests and by the torture's own proof only.</summary>
    internal InSyncMutant Mutant { get; init; }

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Replicas, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Replicas, ReplicasMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinInSync, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinInSync, Replicas);
        ArgumentOutOfRangeException.ThrowIfLessThan(LagNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FetchWaitNs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(FetchMinBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(FetchBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FetchBytesMax, BatchBytesLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WritebackNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HeartbeatNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SessionNs, HeartbeatNs);
    }
}
