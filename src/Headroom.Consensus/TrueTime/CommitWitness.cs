namespace Headroom.Consensus.TrueTime;

/// <summary>Watches the groups from outside: what their invariants are checked by.</summary>
internal abstract class CommitWitness
{
    /// <summary>A replica's machine took an entry.</summary>
    public virtual void Applied(int group, CommitRecord record)
    {
    }
}
