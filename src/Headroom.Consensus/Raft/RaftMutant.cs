namespace Headroom.Consensus.Raft;

/// <summary>Faults put in on purpose, one at a time: each must be caught by a check. Nothing outside tests and the proof of the torture sets one.</summary>
internal enum RaftMutant
{
    None,

    /// <summary>Grants a vote although it voted for another in the term.</summary>
    VoteTwice,

    /// <summary>Grants a vote whatever the candidate's log holds.</summary>
    VoteForAnyLog,

    /// <summary>Commits an entry of an earlier term because a majority has it.</summary>
    CommitEarlierTerm,

    /// <summary>Does not write its vote down.</summary>
    ForgetVote,

    /// <summary>Says that entries are in its log before they are durable.</summary>
    AnswerBeforeDurable,

    /// <summary>Serves reads from a lease that has run out.</summary>
    StaleLease,

    /// <summary>Serves reads without asking whether it still leads.</summary>
    ReadWithoutRound,

    /// <summary>Counts learners towards the quorum of a commit.</summary>
    CountLearners,

    /// <summary>Applies entries before they are committed.</summary>
    ApplyBeforeCommit,

    /// <summary>Cuts off entries that match what a leader sends, and all behind them.</summary>
    TruncateMatching,

    /// <summary>Appends without looking whether the entry before matches.</summary>
    AppendWithoutCheck,

    /// <summary>Takes a change of members while an earlier one is not applied.</summary>
    ChangeTooEarly,

    /// <summary>Commits in a joint configuration by the incoming majority alone.</summary>
    HalfJointQuorum,

    /// <summary>Applies a command again when a client repeats it.</summary>
    ApplyTwice,

    /// <summary>Keeps the vote of the term before.</summary>
    SkipTerm,

    /// <summary>Puts chunks of different snapshots together.</summary>
    MixSnapshots,

    /// <summary>Begins its durable log anew with the state alone, without the entries behind it.</summary>
    ForgetTail,

    /// <summary>No fault of the protocol but of its world: clocks leap back under leases, which promise nothing then.</summary>
    LeapingClocks,
}
