namespace Headroom.Consensus.InSync.Messages;

/// <summary>What an answer says.</summary>
public enum ReplicaStatus : byte
{
    Done,

    /// <summary>Not the leader, or not in that epoch: a producer asks the named replica, a follower waits for the registrar's word.</summary>
    NotLeader,

    /// <summary>Fewer replicas are in sync than there must be: nothing was appended.</summary>
    NotEnoughReplicas,

    /// <summary>The records were appended, and then fewer replicas were in sync than there must be: they may be lost.</summary>
    NotEnoughReplicasAfterAppend,

    /// <summary>A producer's sequence does not follow its last.</summary>
    OutOfOrder,

    /// <summary>The fetch begins behind the log's end.</summary>
    OutOfRange,
}
