using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft;

/// <summary>What a member wants done. Its memory is the member's: good until the next is taken.</summary>
public readonly ref struct RaftReady
{
    /// <summary>The state, where it changed.</summary>
    public HardState? State { get; init; }

    /// <summary>The term or the vote changed, or there are entries: what follows must wait for the disk. A commit index alone need not.</summary>
    public bool MustSync { get; init; }

    /// <summary>The role or the leader changed.</summary>
    public bool RoleChanged { get; init; }

    /// <summary>To make durable, in place of what the log holds from the first of them on.</summary>
    public EntrySlice Entries { get; init; }

    /// <summary>To make durable, and to apply.</summary>
    public RaftSnapshot? Snapshot { get; init; }

    /// <summary>To apply, in order.</summary>
    public EntrySlice Committed { get; init; }

    /// <summary>May be sent at once.</summary>
    public ReadOnlySpan<RaftMessage> Messages { get; init; }

    /// <summary>
    /// To be sent when all above is durable; those to the member itself are stepped then. Of those the last is that it is durable (<see cref="MessageKind.Written"/>), where that
    /// must be said.
    /// </summary>
    public ReadOnlySpan<RaftMessage> Answers { get; init; }

    /// <summary>Reads that may be answered once this index is applied.</summary>
    public ReadOnlySpan<(long Token, long Index)> Reads { get; init; }
}
