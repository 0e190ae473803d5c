namespace Headroom.Consensus.Raft.Membership;

/// <summary>One change of one member. Of member 0, nobody, a change does nothing.</summary>
public readonly record struct MemberChange(ChangeKind Kind, int Id);
