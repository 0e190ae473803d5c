namespace Headroom.Consensus.Raft;

/// <summary>What a member is at the moment [ongaro2014, section 3.3].</summary>
public enum Role : byte
{
    Follower,

    /// <summary>Asks whether an election could be won, before it disturbs anybody's term [ongaro2014, section 9.6].</summary>
    PreCandidate,
    Candidate,
    Leader,
}
