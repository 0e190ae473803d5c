using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;

namespace Headroom.Consensus.InSync.Storage;

/// <summary>A replica's records, read in order after a crash: its incarnation, and its log.</summary>
internal sealed class PartitionRecovery : RecordRecovery
{
    private readonly List<RecordBatch> _batches = [];

    public PartitionLog Log { get; } = new();

    public long Incarnation { get; private set; }

    protected override bool TryRead(byte kind, ref VarintReader reader, ReadOnlyMemory<byte> record)
    {
        switch (kind)
        {
            case PartitionRecord.Start:
                Incarnation = Math.Max(Incarnation, reader.Number());
                return true;
            case PartitionRecord.Truncation:
                Log.Truncate(reader.Number());
                return true;
            case PartitionRecord.Batches:
                InSyncWire.ReadBatches(ref reader, record, _batches);
                Append();
                return true;
            default:
                return false;
        }
    }

    private void Append()
    {
        foreach (RecordBatch batch in _batches)
        {
            if (!Log.Takes(batch))
            {
                Refuse($"it holds a batch at offset {batch.BaseOffset} of epoch {batch.Epoch}; the log ends at {Log.EndOffset} in epoch {Log.LastEpoch}");
                return;
            }

            Log.Append(batch);
        }
    }
}
