using Headroom.Consensus.Groups;

namespace Headroom.Lab.Groups;

/// <summary>Clients of a group that work at the same time.</summary>
public abstract class GroupClients
{
    /// <summary>Their processes, in the order of their numbers.</summary>
    public abstract IReadOnlyList<GroupMember> Members { get; }

    /// <summary>Every operation was answered or given up.</summary>
    public abstract bool AreDone { get; }

    /// <summary>Operations that were answered or given up.</summary>
    public abstract long Ended { get; }

    /// <summary>What was answered.</summary>
    public abstract IEnumerable<GroupCall> Calls { get; }
}
