namespace Headroom.Consensus.TrueTime;

/// <summary>What an entry of a group's log says.</summary>
internal enum CommitRecordKind : byte
{
    /// <summary>A leader begins, or goes on: it serves snapshots up to a timestamp, and no other leader commits anything new at or below it.</summary>
    Promise = 1,

    /// <summary>A participant locks keys for a transaction.</summary>
    Prepare,

    /// <summary>The coordinator's group decides that a transaction commits, and writes its own keys.</summary>
    Commit,

    /// <summary>A participant hears how a prepared transaction ended.</summary>
    Outcome,
}
