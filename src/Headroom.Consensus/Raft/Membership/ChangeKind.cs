namespace Headroom.Consensus.Raft.Membership;

/// <summary>What happens to one member.</summary>
public enum ChangeKind : byte
{
    AddVoter,
    Remove,

    /// <summary>Nothing in the configuration: tells the application something of the member.</summary>
    Update,
    AddLearner,
}
