namespace Headroom.Consensus.Groups;

/// <summary>A member that asks a group for operations and remembers how they went.</summary>
public interface IGroupClient : IGroupRole
{
    /// <summary>Operations made so far.</summary>
    int CallCount { get; }

    /// <summary>In the order in which they were made.</summary>
    GroupCall Call(int index);

    /// <summary>Every operation was answered or given up.</summary>
    bool IsDone { get; }
}
