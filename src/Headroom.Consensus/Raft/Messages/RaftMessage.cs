using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Raft.Messages;

/// <summary>One message. What a field means depends on the kind; what a kind does not use is 0.</summary>
public struct RaftMessage
{
    public MessageKind Kind { get; set; }

    public int From { get; set; }

    public int To { get; set; }

    public long Term { get; set; }

    /// <summary>The term of the entry at <see cref="Index"/>; of a refused append the term at <see cref="Hint"/>.</summary>
    public long LogTerm { get; set; }

    /// <summary>A candidate's last index; the index before the entries; the index that an answer accepts or refuses.</summary>
    public long Index { get; set; }

    public long Commit { get; set; }

    public bool IsRejected { get; set; }

    /// <summary>Of a refused append: the last index that may match.</summary>
    public long Hint { get; set; }

    /// <summary>A heartbeat's round, which its answer repeats.</summary>
    public long Round { get; set; }

    /// <summary>Of a vote: the leader itself asked for the election, so that nobody defends it.</summary>
    public bool IsTransfer { get; set; }

    public EntrySlice Entries { get; set; }

    public RaftSnapshot? Snapshot { get; set; }
}
