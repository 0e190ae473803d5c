using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Messages;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Consensus.TrueTime;

/// <summary>
/// Counts bytes by link, and the messages that transactions cause: their own, appends that carry entries, and one answer to each of these. Heartbeats, what they lead to, and promises flow whatever is done.
/// </summary>
internal struct CommitLoadObserver(int servers, int replicas) : IObserver
{
    private const int Own = 1;
    private const int Append = 2;
    private const int Answer = 3;

    /// <summary>Of each leader and follower: appends that are not answered.</summary>
    private readonly int[] _owed = new int[servers * replicas];
    private RaftEntry[] _entries = [];

    public LinkLoadObserver Links { get; } = new();

    public long Messages { get; private set; }

    public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes)
    {
        if (TransactionMessage.IsOne(head))
        {
            return Own;
        }

        return (MessageKind)head[0] switch
        {
            MessageKind.Append => RaftWire.TryRead(head.ToArray(), ref _entries, out RaftMessage message) && HasTransactions(message.Entries.Span) ? Append : 0,
            MessageKind.AppendAnswer => Answer,
            _ => 0,
        };
    }

    private static bool HasTransactions(ReadOnlySpan<RaftEntry> entries)
    {
        foreach (ref readonly RaftEntry entry in entries)
        {
            // An entry of a server's own begins with no client and no number.
            if (entry.Data.Span is [0, 0, not (byte)CommitRecordKind.Promise, ..])
            {
                return true;
            }
        }

        return false;
    }

    public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs)
    {
        Links.Sent(from, to, body, tag, wireBytes, drop, nowNs);
        if (tag == Append)
        {
            _owed[(from * replicas) + (to % replicas)]++;
            Messages++;
        }
        else if (tag == Own || (tag == Answer && _owed[(to * replicas) + (from % replicas)]-- > 0))
        {
            Messages++;
        }
        else if (tag == Answer)
        {
            _owed[(to * replicas) + (from % replicas)] = 0;
        }
    }

    public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
    {
    }

    public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
    {
    }

    public void Delivered(int member, int body, long nowNs)
    {
    }

    public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
    {
    }

    public void Struck(in Fault fault)
    {
    }
}
