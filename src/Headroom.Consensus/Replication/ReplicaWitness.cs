namespace Headroom.Consensus.Replication;

/// <summary>Watches the servers of a replicated machine from outside: what its invariants are checked by. Servers are numbered from 0, entries from 1.</summary>
public abstract class ReplicaWitness
{
    /// <summary>A server starts, or starts again, with a machine that has taken the entries up to this one.</summary>
    public virtual void Started(int server, long applied, long nowNs)
    {
    }

    /// <summary>A server leads from now on under this ballot or epoch.</summary>
    public virtual void Led(int server, long ballot, long nowNs)
    {
    }

    /// <summary>A server's machine took an entry.</summary>
    public virtual void Applied(int server, long index, ReadOnlySpan<byte> entry, long nowNs)
    {
    }

    /// <summary>A server's state after an entry, as it saved it itself or was sent it by another.</summary>
    public virtual void Saved(int server, long index, ReadOnlySpan<byte> state, bool isOwn, long nowNs)
    {
    }

    /// <summary>A server found that durability was broken, and takes no part any more.</summary>
    public virtual void Refused(int server, string problem, long nowNs)
    {
    }
}
