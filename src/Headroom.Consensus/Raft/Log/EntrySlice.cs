namespace Headroom.Consensus.Raft.Log;

/// <summary>Consecutive entries, shared and not copied: good until the step that handed them out is dealt with.</summary>
public readonly struct EntrySlice(RaftEntry[] entries, int start, int count)
{
    public int Count => count;

    public bool IsEmpty => count == 0;

    public ReadOnlySpan<RaftEntry> Span => count == 0 ? default : entries.AsSpan(start, count);

    public ref readonly RaftEntry this[int i] => ref entries[start + i];
}
