namespace Headroom.Consensus.TrueTime;

/// <summary>The first byte of a message; a transaction's number follows, then what stands here.</summary>
internal enum TransactionVerb : byte
{
    /// <summary>Client to leader: the key, and 0, or 1 and the timestamp of a snapshot, or 2 and the transaction's age, to have the key locked.</summary>
    Read = 1,

    /// <summary>Leader to client: the key, its writer, the version's timestamp.</summary>
    Value,

    /// <summary>Client to a participant: the coordinator, then keys with the versions that were read.</summary>
    Prepare,

    /// <summary>Client to the coordinator: how many participants and which, then keys with versions.</summary>
    Commit,

    /// <summary>Participant to coordinator: the prepare timestamp.</summary>
    Prepared,

    /// <summary>Participant to coordinator: it cannot.</summary>
    Refused,

    /// <summary>Coordinator to participants and client: the timestamp, 0 for an abort.</summary>
    Outcome,

    /// <summary>Leader to follower: a record, the number being its place.</summary>
    Append,

    /// <summary>Follower to leader: the record of that number is durable.</summary>
    Appended,

    /// <summary>To the oracle.</summary>
    AskTime,

    /// <summary>From the oracle: a timestamp.</summary>
    Time,

    /// <summary>Leader to client: an older transaction took a key away.</summary>
    Wounded,

    /// <summary>Client to leader: the attempt is over, its locks are free.</summary>
    Abandon,
}
