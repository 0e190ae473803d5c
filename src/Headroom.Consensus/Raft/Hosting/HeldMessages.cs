using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>
/// A member's messages to itself, each until a record of its own is durable: a ring. Only what they say is kept, field by field: to copy whole messages that were just filled in
/// would wait for each of their fields to be stored.
/// </summary>
internal sealed class HeldMessages
{
    private Held[] _held = new Held[4];
    private int _start;

    public int Count { get; private set; }

    /// <summary>So many records must be durable for the first.</summary>
    public int FirstRecord => _held[_start].Record;

    public void Enqueue(in RaftMessage message, int record)
    {
        if (Count == _held.Length)
        {
            Grow();
        }

        ref Held held = ref _held[(_start + Count++) & (_held.Length - 1)];
        (held.Record, held.Kind, held.Term) = (record, message.Kind, message.Term);
        (held.Index, held.LogTerm) = (message.Index, message.LogTerm);
        held.Snapshot = message.Snapshot;
    }

    /// <summary>The first, from and to this member.</summary>
    public RaftMessage Dequeue(int self)
    {
        ref Held held = ref _held[_start];
        _start = (_start + 1) & (_held.Length - 1);
        Count--;
        return new RaftMessage { Kind = held.Kind, From = self, To = self, Term = held.Term, Index = held.Index, LogTerm = held.LogTerm, Snapshot = held.Snapshot };
    }

    private void Grow()
    {
        var held = new Held[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            held[i] = _held[(_start + i) & (Count - 1)];
        }

        (_held, _start) = (held, 0);
    }

    private struct Held
    {
        public int Record;
        public MessageKind Kind;
        public long Term;
        public long Index;
        public long LogTerm;
        public RaftSnapshot? Snapshot;
    }
}
