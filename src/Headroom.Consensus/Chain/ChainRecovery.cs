using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.Chain;

/// <summary>A server's records, read in order after a crash: its incarnation, the last state, the updates behind it.</summary>
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

    protected override bool StandsForAll(byte kind) => kind == ChainRecord.State;

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

    private void Restore(ref VarintReader reader)
    {
        Incarnation = reader.Number();
        StateSequence = reader.Place();
        long stable = reader.Place();
        State = reader.Sized().ToArray();
        Updates.Clear();
        ChainWire.ReadEntries(ref reader, Updates, int.MaxValue);
        Stable = Math.Max(StateSequence, stable);
        if (Stable > StateSequence + Updates.Count)
        {
            Refuse($"it holds updates up to {StateSequence + Updates.Count}, of which all have those up to {stable}");
        }
    }
}
