using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>A member's messages to itself, each until a record of its own is durable: a ring, in which they are read where they lie.</summary>
internal sealed class HeldMessages
{
    private RaftMessage[] _messages = new RaftMessage[4];
    private int[] _records = new int[4];
    private int _start;

    public int Count { get; private set; }

    /// <summary>So many records must be durable for the first.</summary>
    public int FirstRecord => _records[_start];

    /// <summary>Good until the next is enqueued.</summary>
    public ref readonly RaftMessage First => ref _messages[_start];

    public void Enqueue(in RaftMessage message, int record)
    {
        if (Count == _messages.Length)
        {
            Grow();
        }

        int at = (_start + Count++) & (_messages.Length - 1);
        _messages[at] = message;
        _records[at] = record;
    }

    public void Dequeue()
    {
        _start = (_start + 1) & (_messages.Length - 1);
        Count--;
    }

    private void Grow()
    {
        var messages = new RaftMessage[2 * Count];
        int[] records = new int[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            int at = (_start + i) & (Count - 1);
            (messages[i], records[i]) = (_messages[at], _records[at]);
        }

        (_messages, _records, _start) = (messages, records, 0);
    }
}
