namespace Headroom.Consensus.TrueTime;

/// <summary>The first byte of a message, above those of a group's own; a transaction's number follows, then what stands here.</summary>
internal enum TransactionVerb : byte
{
    /// <summary>Client to leader: the key, and 0, or 1 and the timestamp of a snapshot, or 2 and the transaction's age, to have the key locked.</summary>
    Read = 64,

    /// <summary>Leader to client: the key, its writer, the version's timestamp, the leader's term.</summary>
    Value,

    /// <summary>Client to a participant: the term of the leader that it read from, the coordinator and its term, then how many keys with the versions that were read.</summary>
    Prepare,

    /// <summary>Client to the coordinator: the term, how many other groups and which, then how many keys with versions.</summary>
    Commit,

    /// <summary>Participant to coordinator, until it knows the outcome: the coordinator's term as the client has it, the prepare timestamp.</summary>
    Prepared,

    /// <summary>Participant to coordinator: it cannot; the coordinator's term.</summary>
    Refused,

    /// <summary>Coordinator to participants and client: the timestamp, 0 for an abort.</summary>
    Outcome,

    /// <summary>To the oracle.</summary>
    AskTime,

    /// <summary>From the oracle: a timestamp.</summary>
    Time,

    /// <summary>Leader to client: an older transaction took a key away.</summary>
    Wounded,

    /// <summary>Client to leader: the attempt is over, its locks are free.</summary>
    Abandon,

    /// <summary>Who was asked does not lead: one more than the member that does, as far as it knows, or 0.</summary>
    Elsewhere,
}
