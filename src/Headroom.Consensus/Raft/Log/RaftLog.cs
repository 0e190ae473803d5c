using System.Diagnostics;

namespace Headroom.Consensus.Raft.Log;

/// <summary>
/// One member's log in memory: entries from <see cref="FirstIndex"/> to <see cref="LastIndex"/>, what lies before them only by its last index and term. Marks say how far
/// the log was handed to the disk, is durable, is committed, was handed to the application, and was applied. A mark never passes the one that it needs.
/// </summary>
internal sealed class RaftLog
{
    private readonly DataArena _arena = new();
    private RaftEntry[] _entries = new RaftEntry[64];
    private RaftEntry[]? _spare;
    private RaftEntry[]? _retired;
    private int _start;
    private int _count;
    private long _baseTerm;
    private bool _snapshotHanded;

    public RaftLog(long index, long term)
    {
        FirstIndex = index + 1;
        _baseTerm = term;
        Durable = Handed = Committed = Applying = Applied = index;
    }

    public long FirstIndex { get; private set; }

    public long LastIndex => FirstIndex + _count - 1;

    public long LastTerm => _count == 0 ? _baseTerm : _entries[_start + _count - 1].Term;

    /// <summary>Entries up to here were handed out to be made durable.</summary>
    public long Handed { get; private set; }

    /// <summary>Entries up to here are durable, and no older write that is under way can change them any more.</summary>
    public long Durable { get; private set; }

    public long Committed { get; private set; }

    /// <summary>Entries up to here were handed out to be applied.</summary>
    public long Applying { get; private set; }

    public long Applied { get; private set; }

    /// <summary>A snapshot that came from a leader and is not durable yet.</summary>
    public RaftSnapshot? PendingSnapshot { get; private set; }

    public bool HasSnapshotToHand => PendingSnapshot is not null && !_snapshotHanded;

    public bool HasEntriesToHand => Handed < LastIndex;

    /// <summary>Some entries are not known to be durable.</summary>
    public bool HasUnstableEntries => Durable < LastIndex;

    /// <summary>The term of an entry, or of the last one before the first; false for any other index.</summary>
    public bool TryTerm(long index, out long term)
    {
        long at = index - FirstIndex;
        if (at >= 0 && at < _count)
        {
            term = _entries[_start + (int)at].Term;
            return true;
        }

        term = _baseTerm;
        return at == -1;
    }

    public bool Matches(long index, long term) => TryTerm(index, out long ours) && ours == term;

    public ref readonly RaftEntry Entry(long index) => ref _entries[_start + (int)(index - FirstIndex)];

    /// <summary>Entries from one index to another, both counted.</summary>
    public EntrySlice Slice(long from, long to)
    {
        Debug.Assert(from >= FirstIndex && to <= LastIndex, "entries that are there");
        return to < from ? default : new EntrySlice(_entries, _start + (int)(from - FirstIndex), (int)(to - from + 1));
    }

    /// <summary>Entries from an index on, as many as fit the bytes, one in any case.</summary>
    public EntrySlice SliceOf(long from, long bytesMax)
    {
        long to = from - 1;
        long bytes = 0;
        while (to < LastIndex)
        {
            bytes += Entry(to + 1).Data.Length + 12;
            if (bytes > bytesMax && to >= from)
            {
                break;
            }

            to++;
        }

        return Slice(from, to);
    }

    /// <summary>A log is at least as new as ours if its last term is higher, or equal and it is no shorter [ongaro2014, section 3.6.1].</summary>
    public bool IsUpToDate(long lastIndex, long lastTerm) => lastTerm > LastTerm || (lastTerm == LastTerm && lastIndex >= LastIndex);

    /// <summary>
    /// The last entry, from an index downwards, whose term is at most the given one: no later one can match a log in which that term stands there. Term 0 where
    /// the entry is not there to be looked at.
    /// </summary>
    public (long Index, long Term) LastNotAbove(long index, long term)
    {
        for (; index > 0; index--)
        {
            if (!TryTerm(index, out long ours))
            {
                return (index, 0);
            }

            if (ours <= term)
            {
                return (index, ours);
            }
        }

        return (0, 0);
    }

    /// <summary>Puts an entry at the end.</summary>
    public void Append(long term, EntryKind kind, ReadOnlySpan<byte> data)
    {
        MakeRoom();
        long index = LastIndex + 1;
        _entries[_start + _count++] = new RaftEntry(term, index, kind, _arena.Copy(data, index));
    }

    /// <summary>Takes away all entries from this index on.</summary>
    public void Truncate(long from)
    {
        Debug.Assert(from > Committed, "what is committed stays");
        // Messages may still point to the entries that go.
        Move(new RaftEntry[_entries.Length], (int)(from - FirstIndex));
        Durable = Math.Min(Durable, from - 1);
        Handed = Math.Min(Handed, from - 1);
    }

    /// <summary>A leader's snapshot replaces the whole log.</summary>
    public void Restore(RaftSnapshot snapshot)
    {
        Move(new RaftEntry[_entries.Length], 0);
        FirstIndex = snapshot.Index + 1;
        _baseTerm = snapshot.Term;
        Committed = Durable = Handed = snapshot.Index;
        PendingSnapshot = snapshot;
        _snapshotHanded = false;
    }

    /// <summary>Entries up to this index, all applied, are not kept any longer.</summary>
    public void Compact(long index)
    {
        Debug.Assert(index <= Applied && index < FirstIndex + _count, "only what was applied is compacted");
        if (index < FirstIndex)
        {
            return;
        }

        int gone = (int)(index - FirstIndex + 1);
        _baseTerm = _entries[_start + gone - 1].Term;
        (_start, _count, FirstIndex) = (_start + gone, _count - gone, index + 1);
        _arena.FreeUpTo(index);
    }

    /// <summary>Raises the commit index; false where the log does not reach that far.</summary>
    public bool CommitTo(long index)
    {
        if (index > LastIndex)
        {
            return false;
        }

        Committed = Math.Max(Committed, index);
        return true;
    }

    /// <summary>The highest index that may be applied now.</summary>
    public long Appliable(bool allowUnstable) => PendingSnapshot is not null ? Applying : allowUnstable ? Committed : Math.Min(Committed, Durable);

    /// <summary>All that there is to be made durable was handed out.</summary>
    public void HandOut()
    {
        Handed = LastIndex;
        _snapshotHanded = PendingSnapshot is not null;
    }

    /// <summary>The log up to this entry is durable, unless another stands there by now.</summary>
    public void MakeDurable(long index, long term)
    {
        if (index > Durable && index <= LastIndex && Matches(index, term))
        {
            Durable = index;
            Handed = Math.Max(Handed, index);
        }
    }

    public void MakeSnapshotDurable(long index)
    {
        if (PendingSnapshot?.Index == index)
        {
            PendingSnapshot = null;
            _snapshotHanded = false;
        }
    }

    public void StartApplying(long index) => Applying = Math.Max(Applying, index);

    public void ApplyTo(long index)
    {
        Applied = Math.Max(Applied, index);
        Applying = Math.Max(Applying, Applied);
    }

    /// <summary>Nobody holds entries any longer that were handed out before.</summary>
    public void Release()
    {
        _spare ??= _retired;
        _retired = null;
    }

    private void MakeRoom()
    {
        if (_start + _count < _entries.Length)
        {
            return;
        }

        if (_count > _entries.Length / 2)
        {
            _spare = null;
            Move(new RaftEntry[_entries.Length * 2], _count);
            return;
        }

        RaftEntry[] before = _entries;
        RaftEntry[] into = _spare is { } spare && spare.Length == before.Length ? spare : new RaftEntry[before.Length];
        _spare = null;
        Move(into, _count);
        _retired = before;
    }

    private void Move(RaftEntry[] into, int count)
    {
        _entries.AsSpan(_start, count).CopyTo(into);
        (_entries, _start, _count) = (into, 0, count);
    }
}
