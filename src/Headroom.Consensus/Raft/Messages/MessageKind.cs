namespace Headroom.Consensus.Raft.Messages;

/// <summary>What members say to one another.</summary>
public enum MessageKind : byte
{
    None,

    /// <summary>Would you vote for me? Changes nobody's term.</summary>
    PreVote,
    PreVoteAnswer,
    Vote,
    VoteAnswer,

    /// <summary>Entries, or none: where they join the log, and how far it is committed.</summary>
    Append,
    AppendAnswer,
    Heartbeat,
    HeartbeatAnswer,
    Snapshot,

    /// <summary>Stand for election at once: a leader hands over.</summary>
    TimeoutNow,

    /// <summary>A command for the leader.</summary>
    Propose,

    /// <summary>Our own writes are durable; never on the wire.</summary>
    Written,
}
