namespace Headroom.Consensus.Paxos;

/// <summary>What a server does besides accepting.</summary>
public enum PaxosRole
{
    Follower,

    /// <summary>Asks whether others would promise.</summary>
    Probing,

    /// <summary>Phase 1 is under way.</summary>
    Preparing,

    Leading,
}
