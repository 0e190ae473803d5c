namespace Headroom.Consensus.Raft.Quorums;

/// <summary>What a count of ballots says.</summary>
public enum VoteResult
{
    /// <summary>Neither won nor lost: ballots that are still out decide.</summary>
    Pending,

    /// <summary>No quorum can be reached any more.</summary>
    Lost,

    Won,
}
