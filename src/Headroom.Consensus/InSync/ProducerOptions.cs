namespace Headroom.Consensus.InSync;

/// <summary>How a producer works: records at a pace, gathered in batches, one batch on its way at a time (<c>max.in.flight.requests.per.connection=1</c>).</summary>
public sealed record ProducerOptions
{
    public const int RecordBytesMin = 20;

    private const int RecordHeadBytes = 3;

    /// <summary>Members 0 to this less one are replicas.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many it produces.</summary>
    public required int Records { get; init; }

    /// <summary>From one record to the next.</summary>
    public required long PeriodNs { get; init; }

    public long StartNs { get; init; }

    /// <summary>So many of the records come first, at <see cref="WarmUpPeriodNs"/>; the others wait for <see cref="LoadNs"/>.</summary>
    public int WarmUps { get; init; }

    public long WarmUpPeriodNs { get; init; } = 1_000_000;

    /// <summary>From then on there is a period for each record, which comes at a moment drawn evenly in it; 0 for records that come a period apart, the first at once.</summary>
    public long LoadNs { get; init; }

    public int RecordBytes { get; init; } = 256;

    public Acknowledgement Acks { get; init; } = Acknowledgement.All;

    /// <summary><c>enable.idempotence</c>: batches carry a producer's number and sequence, and are appended once however often they are sent.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary><c>linger.ms</c>: how long a batch waits for more records.</summary>
    public long LingerNs { get; init; }

    /// <summary><c>batch.size</c>: a batch that has so many bytes waits no longer. (Kafka's default is 16,384.)</summary>
    public int BatchBytes { get; init; } = 4096;

    /// <summary>A batch that is not answered after this is sent again, to another replica.</summary>
    public long TimeoutNs { get; init; } = 5_000_000_000;

    /// <summary><c>retry.backoff.ms</c>.</summary>
    public long BackoffNs { get; init; } = 100_000_000;

    /// <summary><c>delivery.timeout.ms</c>: then a batch is given up: it may be in the log, or not.</summary>
    public long DeliveryNs { get; init; } = 120_000_000_000;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Replicas, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Replicas, InSyncOptions.ReplicasMax);
        ArgumentOutOfRangeException.ThrowIfNegative(Records);
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(StartNs);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUps);
        ArgumentOutOfRangeException.ThrowIfNegative(LoadNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(WarmUpPeriodNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RecordBytes, RecordBytesMin);
        ArgumentOutOfRangeException.ThrowIfNegative(LingerNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeoutNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BackoffNs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(DeliveryNs, TimeoutNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchBytes, 1);
        // The last record may begin just below the size at which a batch is closed.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchBytes + RecordBytes + RecordHeadBytes, InSyncOptions.BatchBytesLimit, nameof(BatchBytes));
    }
}
