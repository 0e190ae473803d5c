namespace Headroom.Consensus.Raft.Log;

/// <summary>One entry. Its bytes belong to the log or the message that it stands in.</summary>
public readonly record struct RaftEntry(long Term, long Index, EntryKind Kind, ReadOnlyMemory<byte> Data);
