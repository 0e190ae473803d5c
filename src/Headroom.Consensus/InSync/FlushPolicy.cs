namespace Headroom.Consensus.InSync;

/// <summary>When a replica's log reaches its disk.</summary>
public enum FlushPolicy : byte
{
    /// <summary>
    /// Kafka's default: the system writes back when it likes (<see cref="InSyncOptions.WritebackNs"/>), nothing waits for it, and what was not written is lost in a crash: records survive by
    /// being elsewhere.
    /// </summary>
    Never,

    /// <summary>Nothing that rests on a batch leaves before the batch is durable (<c>log.flush.interval.messages=1</c>).</summary>
    Each,
}
