using Headroom.Consensus.InSync.Log;

namespace Headroom.Consensus.InSync.Storage;

/// <summary>
/// A replica's records, read in order after a crash. Those torn at the end were never durable; one that good records follow, whose numbers show that it is missing, is a loss of what was
/// promised: <see cref="Problem"/> says so, and the replica must not take part.
/// </summary>
internal sealed class PartitionRecovery
{
    private readonly List<RecordBatch> _batches = [];

    public PartitionLog Log { get; } = new();

    public long Incarnation { get; private set; }

    /// <summary>Records seen, good and bad.</summary>
    public int Records { get; private set; }

    /// <summary>Good records: the number of the next.</summary>
    public long Good { get; private set; }

    /// <summary>Why these records are not to be used; null if they are.</summary>
    public string? Problem { get; private set; }

    public void Take(ReadOnlySpan<byte> record)
    {
        Records++;
        if (!PartitionRecord.TryRead(record.ToArray(), _batches, out PartitionRecord.Content content))
        {
            return;
        }

        if (content.Number != Good)
        {
            Problem ??= $"record {Records - 1} is number {content.Number} where {Good} belongs: a durable record before it is damaged or missing";
            return;
        }

        Good++;
        switch (content.Kind)
        {
            case PartitionRecord.Kind.Start:
                Incarnation = Math.Max(Incarnation, content.Value);
                break;
            case PartitionRecord.Kind.Truncation:
                Log.Truncate(content.Value);
                break;
            default:
                Append();
                break;
        }
    }

    private void Append()
    {
        foreach (RecordBatch batch in _batches)
        {
            if (!Log.Takes(batch))
            {
                Problem ??= $"record {Records - 1} holds a batch at offset {batch.BaseOffset} of epoch {batch.Epoch}; the log ends at {Log.EndOffset} in epoch {Log.LastEpoch}";
                return;
            }

            Log.Append(batch);
        }
    }
}
