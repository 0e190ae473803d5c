namespace Headroom.Consensus.Raft.Log;

/// <summary>What an entry of the log is.</summary>
public enum EntryKind : byte
{
    /// <summary>A command of the application; empty where a new leader only opens its term.</summary>
    Command,

    /// <summary>A change of members, as <see cref="Membership.MembershipProposal"/> encodes it.</summary>
    Membership,
}
