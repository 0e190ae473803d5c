using Headroom.Consensus.Raft.Log;

namespace Headroom.Consensus.Raft.Storage;

/// <summary>
/// A member's records, read in order after a crash. A record that is torn or damaged at the end was never durable: the log ends before it. One that good records follow,
/// whose numbers show that it is missing, is a loss of what was promised: <see cref="Problem"/> says so, and the member must not take part.
/// </summary>
internal sealed class Recovery(RaftSnapshot founding)
{
    private readonly List<RaftEntry> _entries = [];
    private RaftEntry[] _read = [];
    private RaftSnapshot _snapshot = founding;
    private HardState _state;
    private int _badSinceGood;

    /// <summary>Records seen, good and bad.</summary>
    public int Records { get; private set; }

    /// <summary>Good records: the number of the next.</summary>
    public long Good { get; private set; }

    /// <summary>Torn records at the end, or at an end that was written on later.</summary>
    public int Torn { get; private set; }

    /// <summary>Why these records are not to be used; null if they are.</summary>
    public string? Problem { get; private set; }

    public void Take(ReadOnlySpan<byte> record)
    {
        Records++;
        if (!DurableRecord.TryRead(record.ToArray(), ref _read, out DurableRecord.Content content))
        {
            _badSinceGood++;
            Torn++;
            return;
        }

        if (Records == 1 && content.Snapshot is not null)
        {
            // The log was begun anew with it.
            Good = content.Number;
        }

        if (content.Number != Good)
        {
            Problem ??= $"record {Records - 1} is number {content.Number} where {Good} belongs: {(_badSinceGood > 0 ? "a durable record before it is damaged" : "a durable record before it is missing")}";
            return;
        }

        _badSinceGood = 0;
        Good++;
        _state = content.State;
        if (content.Snapshot is { } snapshot)
        {
            Restore(snapshot);
        }

        Replace(content.Entries);
    }

    public Restored Finish() => new(_state, _snapshot, _entries);

    /// <summary>A snapshot of what the log holds shortens it; one of what it does not hold replaces it.</summary>
    private void Restore(RaftSnapshot snapshot)
    {
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
            Problem ??= $"record {Records - 1} holds entries from index {entries[0].Index} on; the log ends at {_snapshot.Index + _entries.Count}";
            return;
        }

        _entries.RemoveRange((int)at, _entries.Count - (int)at);
        _entries.AddRange(entries.Span);
    }
}
