using Headroom.Consensus.Raft.Messages;

namespace Headroom.Consensus.Raft.Hosting;

/// <summary>
/// A leader's appends that arrived before what they follow, in the order of their indices. Links that do not keep the order let one overtake another all the time: to refuse each at once has the
/// leader send everything again that is on its way. They are held a while instead, as if they came later; what is lost, or takes longer, is refused then.
/// </summary>
internal sealed class EarlyAppends
{
    private const int CountMax = 256;
    private const int BytesMax = 4 << 20;

    private readonly List<(long Index, byte[] Message)> _held = [];
    private int _bytes;

    public int Count => _held.Count;

    /// <summary>Of the leader whose appends these are.</summary>
    public long Term { get; private set; }

    /// <summary>When what is missing was first missed, or last asked for.</summary>
    public long SinceNs { get; private set; }

    /// <summary>The index before the first one's entries.</summary>
    public long FirstIndex => _held[0].Index;

    public ReadOnlySpan<byte> First => _held[0].Message;

    /// <summary>The one that came last, by which the leader's present state is known: who probes takes no refusal of what it sent before for an answer.</summary>
    public byte[] Latest { get; private set; } = [];

    /// <summary>Something came since the last refusal. Without it nothing is refused again: to step a message of a leader that has gone over and over would seem to hear it.</summary>
    public bool HasNews { get; private set; }

    /// <summary>The term's leader, from whom these are.</summary>
    public int Leader { get; private set; }

    /// <summary>The one that came last is about to be refused.</summary>
    public void Refuse(long nowNs) => (HasNews, SinceNs) = (false, nowNs);

    /// <summary>False where there is no room: then it counts as lost.</summary>
    public bool TryHold(in RaftMessage append, ReadOnlySpan<byte> message, long nowNs)
    {
        long index = append.Index;
        if (append.Term != Term)
        {
            Clear();
            (Term, Leader) = (append.Term, append.From);
        }

        (Latest, HasNews) = (message.ToArray(), true);
        int at = _held.FindIndex(held => held.Index >= index);
        if (at >= 0 && _held[at].Index == index && _held[at].Message.Length >= message.Length)
        {
            return true;
        }

        if (_held.Count == CountMax || _bytes + message.Length > BytesMax)
        {
            return false;
        }

        if (_held.Count == 0)
        {
            SinceNs = nowNs;
        }

        _held.Insert(at < 0 ? _held.Count : at, (index, Latest));
        _bytes += message.Length;
        return true;
    }

    /// <summary>The first was taken in.</summary>
    public void RemoveFirst(long nowNs)
    {
        SinceNs = nowNs;
        _bytes -= _held[0].Message.Length;
        _held.RemoveAt(0);
    }

    public void Clear()
    {
        _held.Clear();
        _bytes = 0;
    }
}
