using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Raft.Storage;

/// <summary>A member's records, read in order after a crash: term, vote and commit, the last snapshot, the entries behind it.</summary>
internal sealed class Recovery(RaftSnapshot founding) : RecordRecovery
{
    private readonly List<RaftEntry> _entries = [];
    private RaftEntry[] _read = [];
    private RaftSnapshot _snapshot = founding;
    private HardState _state;

    protected override bool StandsForAll(byte kind) => (kind & DurableRecord.HasSnapshot) != 0;

    protected override bool TryRead(byte kind, ref VarintReader reader, ReadOnlyMemory<byte> record)
    {
        var state = new HardState(reader.Number(), reader.Small(int.MaxValue), reader.Number());
        RaftSnapshot? snapshot = (kind & DurableRecord.HasSnapshot) != 0 ? RaftWire.ReadSnapshot(ref reader, record) : null;
        EntrySlice entries = (kind & DurableRecord.HasEntries) != 0 ? RaftWire.ReadEntries(ref reader, record, reader.Number(), ref _read) : default;
        if (reader.IsAtEnd)
        {
            _state = state;
            Restore(snapshot);
            Replace(entries);
        }

        return kind <= (DurableRecord.HasEntries | DurableRecord.HasSnapshot);
    }

    public Restored Finish() => new(_state, _snapshot, _entries);

    /// <summary>A snapshot of what the log holds shortens it; one of what it does not hold replaces it.</summary>
    private void Restore(RaftSnapshot? snapshot)
    {
        if (snapshot is null)
        {
            return;
        }

        int held = (int)Math.Clamp(snapshot.Index - _snapshot.Index, 0, int.MaxValue);
        bool isOurs = held > 0 && held <= _entries.Count && _entries[held - 1].Term == snapshot.Term;
        if (isOurs)
        {
            _entries.RemoveRange(0, held);
        }
        else
        {
            _entries.Clear();
        }

        _snapshot = snapshot;
    }

    private void Replace(EntrySlice entries)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        long at = entries[0].Index - _snapshot.Index - 1;
        if (at < 0 || at > _entries.Count)
        {
            Refuse($"it holds entries from index {entries[0].Index} on; the log ends at {_snapshot.Index + _entries.Count}");
            return;
        }

        _entries.RemoveRange((int)at, _entries.Count - (int)at);
        _entries.AddRange(entries.Span);
    }
}
