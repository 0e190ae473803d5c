using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Raft;

/// <summary>What a member that starts again, or is founded with others, knows: the snapshot that its log begins with, the entries behind it, and its state.</summary>
public sealed record Restored(HardState State, RaftSnapshot? Snapshot, IReadOnlyList<RaftEntry> Entries)
{
    /// <summary>False for a founding member, which has promised nothing yet.</summary>
    public bool AfterCrash { get; init; } = true;
}
