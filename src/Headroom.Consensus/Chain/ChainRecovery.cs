using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Chain;

/// <summary>A server's records, read in order after a crash: its incarnation, the last state, the updates after it.</summary>
internal sealed class ChainRecovery
{
    private readonly RecordCount _count = new();
    private readonly List<byte[]> _entries = [];

    public long Incarnation { get; private set; }

    /// <summary>The last update in the state.</summary>
    public long StateSequence { get; private set; }

    public byte[] State { get; private set; } = [];

    /// <summary>Those after the state.</summary>
    public List<byte[]> Updates { get; } = [];

    /// <summary>All servers below had updates up to this one.</summary>
    public long Stable { get; private set; }

    public int Records => _count.Records;

    public long Good => _count.Good;

    /// <summary>Why these records are not to be used; null if they are.</summary>
    public string? Problem => _count.Problem;

    public void Take(ReadOnlySpan<byte> record)
    {
        if (!_count.TryTake(record, out VarintReader reader))
        {
            return;
        }

        switch (reader.Byte())
        {
            case ChainRecord.Start:
                Incarnation = reader.Number();
                break;
            case ChainRecord.Update:
                Append(ref reader);
                break;
            case ChainRecord.State:
                Restore(ref reader);
                break;
            default:
                _count.Refuse("there is no such kind");
                return;
        }

        if (!reader.IsAtEnd)
        {
            _count.Refuse("it has no form");
        }
    }

    private void Append(ref VarintReader reader)
    {
        long stable = ChainWire.ReadSequence(ref reader);
        long first = ChainWire.ReadSequence(ref reader);
        _entries.Clear();
        ChainWire.ReadEntries(ref reader, _entries);
        long last = StateSequence + Updates.Count;
        if (first != last + 1 || stable > last)
        {
            _count.Refuse($"it holds updates from {first} on, of which all have those up to {stable}; those before it end at {last}");
            return;
        }

        Stable = Math.Max(Stable, stable);
        Updates.AddRange(_entries);
    }

    /// <summary>A state of updates that are held leaves those after it; one that was copied stands for all before.</summary>
    private void Restore(ref VarintReader reader)
    {
        bool isCopy = reader.Byte() == 1;
        long sequence = ChainWire.ReadSequence(ref reader);
        int held = (int)Math.Clamp(sequence - StateSequence, 0, Updates.Count);
        Updates.RemoveRange(0, isCopy ? Updates.Count : held);
        (StateSequence, State) = (sequence, reader.Bytes(reader.Remaining).ToArray());
        Stable = isCopy ? sequence : Math.Max(Stable, sequence);
    }
}
