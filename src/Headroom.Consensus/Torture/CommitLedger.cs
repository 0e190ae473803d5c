using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Torture;

/// <summary>What was committed at each index, as the first member that knew says.</summary>
public sealed class CommitLedger
{
    private readonly List<(long Term, ulong Digest, long CommitTerm)> _entries = [];

    /// <summary>The highest index that any member has held for committed.</summary>
    public long Last => _entries.Count;

    /// <summary>The entry's term, its digest, and the term in which it was committed at the latest: that of the first member that knew.</summary>
    public (long Term, ulong Digest, long CommitTerm) this[long index] => _entries[(int)(index - 1)];

    /// <summary>False where something else is committed there already, or where nothing is at the index before.</summary>
    public bool TryAdd(in RaftEntry entry, long commitTerm)
    {
        ulong digest = DigestOf(entry);
        if (entry.Index == Last + 1)
        {
            _entries.Add((entry.Term, digest, commitTerm));
            return true;
        }

        return entry.Index <= Last && this[entry.Index].Term == entry.Term && this[entry.Index].Digest == digest;
    }

    /// <summary>64 bits of term, kind and bytes.</summary>
    public static ulong DigestOf(in RaftEntry entry)
    {
        ulong hash = ((ulong)entry.Term * 0x9E3779B97F4A7C15UL) ^ (ulong)entry.Kind;
        foreach (byte value in entry.Data.Span)
        {
            hash = (hash ^ value) * 0x100000001B3UL;
        }

        return hash ^ (hash >> 31);
    }
}
