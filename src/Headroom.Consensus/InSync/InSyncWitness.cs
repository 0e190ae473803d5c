using Headroom.Consensus.InSync.Log;

namespace Headroom.Consensus.InSync;

/// <summary>Watches a partition from outside: what its invariants are checked by.</summary>
public abstract class InSyncWitness
{
    /// <summary>The registrar has decided; by an election outside those in sync where unclean.</summary>
    public virtual void Decided(in PartitionState state, bool isUnclean, long nowNs)
    {
    }

    /// <summary>A replica begins to lead in an epoch.</summary>
    public virtual void Led(int replica, long epoch, PartitionLog log, long nowNs)
    {
    }

    /// <summary>A batch joined a replica's log, in memory.</summary>
    public virtual void Appended(int replica, in RecordBatch batch, long nowNs)
    {
    }

    /// <summary>A replica's watermark rose.</summary>
    public virtual void Advanced(int replica, PartitionLog log, long from, long to, long nowNs)
    {
    }

    /// <summary>A producer was told that its batch is in all logs that are in sync.</summary>
    public virtual void Acknowledged(int producer, long baseOffset, int count, ReadOnlyMemory<byte> records, long nowNs)
    {
    }

    /// <summary>A replica has started from what was durable.</summary>
    public virtual void Restarted(int replica, PartitionLog log, long nowNs)
    {
    }

    /// <summary>A replica found that durability was broken, and takes no part any more.</summary>
    public virtual void Refused(int replica, string problem, long nowNs)
    {
    }
}
