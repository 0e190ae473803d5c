using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Chain;

/// <summary>A server's records, read in order after a crash: its incarnation, the last state, the updates after it.</summary>
internal sealed class ChainRecovery : RecordRecovery
{
    private readonly List<byte[]> _entries = [];

    public long Incarnation { get; private set; }

    /// <summary>The last update in the state.</summary>
    public long StateSequence { get; private set; }

    public byte[] State { get; private set; } = [];

    /// <summary>Those after the state.</summary>
    public List<byte[]> Updates { get; } = [];

    /// <summary>All servers below had updates up to this one.</summary>
    public long Stable { get; private set; }

    protected override bool TryRead(byte kind, ref VarintReader reader, ReadOnlyMemory<byte> record)
    {
        switch (kind)
        {
            case ChainRecord.Start:
                Incarnation = reader.Number();
                return true;
            case ChainRecord.Update:
                Append(ref reader);
                return true;
            case ChainRecord.State:
                Restore(ref reader);
                return true;
            default:
                return false;
        }
    }

    private void Append(ref VarintReader reader)
    {
        long stable = reader.Place();
        long first = reader.Place();
        _entries.Clear();
        ChainWire.ReadEntries(ref reader, _entries);
        long last = StateSequence + Updates.Count;
        if (first != last + 1 || stable > last)
        {
            Refuse($"it holds updates from {first} on, of which all have those up to {stable}; those before it end at {last}");
            return;
        }

        Stable = Math.Max(Stable, stable);
        Updates.AddRange(_entries);
    }

    /// <summary>A state of updates that are held leaves those after it; one that was copied stands for all before.</summary>
    private void Restore(ref VarintReader reader)
    {
        bool isCopy = reader.Byte() == 1;
        long sequence = reader.Place();
        int held = (int)Math.Clamp(sequence - StateSequence, 0, Updates.Count);
        Updates.RemoveRange(0, isCopy ? Updates.Count : held);
        (StateSequence, State) = (sequence, reader.Rest().ToArray());
        Stable = isCopy ? sequence : Math.Max(Stable, sequence);
    }
}
