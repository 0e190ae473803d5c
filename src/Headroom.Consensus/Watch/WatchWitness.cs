namespace Headroom.Consensus.Watch;

/// <summary>Sees what the store commits and what its watchers take in. Nothing that happens depends on it.</summary>
internal abstract class WatchWitness
{
    /// <summary>An update is durable in the store, or was found there after a crash, as this revision.</summary>
    public virtual void Committed(long revision, int update)
    {
    }

    /// <summary>The store cannot use its records.</summary>
    public virtual void Refused(string problem)
    {
    }

    /// <summary>A member is back and has lost its memory.</summary>
    public virtual void Restarted(int member)
    {
    }

    /// <summary>A receiver asks; how far it has come: its revision, lists begun, and pages of the last one.</summary>
    public virtual void Asked(int member, long revision, long lists, long pages)
    {
    }

    /// <summary>A member answers a question with so many bytes.</summary>
    public virtual void Answered(int member, int bytes)
    {
    }

    /// <summary>A watcher has taken in a change; the object's state is empty if it is absent.</summary>
    public virtual void Told(int member, long revision, int item, ReadOnlySpan<byte> state)
    {
    }

    /// <summary>A watcher takes it that it knows all up to a revision.</summary>
    public virtual void Knows(int member, long upTo)
    {
    }

    /// <summary>A relay or watcher has read a whole list.</summary>
    public virtual void Listed(int member, long revision, ObjectStates states)
    {
    }
}
