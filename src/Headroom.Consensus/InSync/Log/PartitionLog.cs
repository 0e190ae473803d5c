using System.Diagnostics;

namespace Headroom.Consensus.InSync.Log;

/// <summary>One replica's log: batches whose offsets follow one another and whose epochs never fall. Where an epoch ends is looked up in O(log batches).</summary>
public sealed class PartitionLog
{
    private readonly List<RecordBatch> _batches = [];

    /// <summary>The offset that the next record gets.</summary>
    public long EndOffset => _batches.Count == 0 ? 0 : _batches[^1].EndOffset;

    /// <summary>The last batch's epoch; 0 while there is none.</summary>
    public long LastEpoch => _batches.Count == 0 ? 0 : _batches[^1].Epoch;

    public int Count => _batches.Count;

    public RecordBatch this[int i] => _batches[i];

    public void Append(in RecordBatch batch)
    {
        Debug.Assert(batch.BaseOffset == EndOffset && batch.Count > 0, "offsets follow one another");
        _batches.Add(batch);
    }

    /// <summary>Whether a batch can follow the last one.</summary>
    public bool Takes(in RecordBatch batch) => batch.BaseOffset == EndOffset && batch.Count > 0 && batch.Epoch >= LastEpoch;

    /// <summary>The place of the batch that holds this offset, or of the first behind it.</summary>
    public int Find(long offset)
    {
        int low = 0;
        int high = _batches.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _batches[middle].EndOffset <= offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// The largest epoch that is at most the given one and that the log holds, and the offset after its last record: what OffsetsForLeaderEpoch answers [kip101], [kip279].
    /// Epoch 0 and offset 0 where all the log's epochs are larger.
    /// </summary>
    public (long Epoch, long EndOffset) EndOf(long epoch)
    {
        int low = 0;
        int high = _batches.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _batches[middle].Epoch <= epoch ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? (0, 0) : (_batches[low - 1].Epoch, _batches[low - 1].EndOffset);
    }

    /// <summary>Drops all batches that reach beyond the offset.</summary>
    public void Truncate(long offset)
    {
        int kept = Find(offset);
        _batches.RemoveRange(kept, _batches.Count - kept);
    }
}
