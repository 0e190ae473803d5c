namespace Headroom.Consensus.Raft.Membership;

/// <summary>How a configuration gives way to the next.</summary>
public enum Transition : byte
{
    /// <summary>At once when a single change allows it, else through a joint configuration that is left by itself.</summary>
    Auto,

    /// <summary>Through a joint configuration that is left by itself.</summary>
    JointImplicit,

    /// <summary>Through a joint configuration that an empty change leaves.</summary>
    JointExplicit,
}
