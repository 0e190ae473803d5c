using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>Watches the members of a group from outside: what the group's invariants are checked by. Members are numbered from 1.</summary>
public abstract class RaftWitness
{
    /// <summary>A member has won an election.</summary>
    public virtual void Elected(int member, RaftCore core, long nowNs)
    {
    }

    /// <summary>Entries joined a member's log, in place of any that were there from the first of them on.</summary>
    public virtual void Appended(int member, RaftCore core, ReadOnlySpan<RaftEntry> entries, long nowNs)
    {
    }

    /// <summary>A member holds entries committed up to an index; all from the first to the last are news to it in this life.</summary>
    public virtual void Committed(int member, RaftCore core, long first, long last, long nowNs)
    {
    }

    /// <summary>A member applied an entry.</summary>
    public virtual void Applied(int member, in RaftEntry entry, long nowNs)
    {
    }

    /// <summary>A member's state after an index, as it saved it or was sent it.</summary>
    public virtual void Saved(int member, RaftSnapshot snapshot, bool isOwn, long nowNs)
    {
    }

    /// <summary>A leader sent a chunk of a snapshot; again where it had sent it to this follower before.</summary>
    public virtual void ChunkSent(int member, int follower, int offset, bool isAgain, long nowNs)
    {
    }

    /// <summary>A member has started, or started again, from what was durable.</summary>
    public virtual void Started(int member, RaftCore core, long nowNs)
    {
    }

    /// <summary>A member found that durability was broken, and takes no part any more.</summary>
    public virtual void Refused(int member, string problem, long nowNs)
    {
    }
}
