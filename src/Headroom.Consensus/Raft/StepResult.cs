namespace Headroom.Consensus.Raft;

/// <summary>What became of a message or a wish.</summary>
public enum StepResult : byte
{
    Done,

    /// <summary>An answer of somebody who is no member.</summary>
    UnknownMember,

    /// <summary>There is no leader to take a proposal, or it takes none now.</summary>
    Dropped,

    /// <summary>A leader speaks of entries as committed that this log lost, or would replace committed ones: durability was broken. Nothing was done.</summary>
    Impossible,
}
