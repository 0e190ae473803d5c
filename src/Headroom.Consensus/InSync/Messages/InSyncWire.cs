using System.Diagnostics;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.InSync.Messages;

/// <summary>
/// Messages as bytes: the verb, then the fields that it uses, nonnegative numbers in base 128:
/// <list type="table">
/// <item><term>fetch</term><description>epoch, incarnation, number, offset, least bytes, longest wait in ns</description></item>
/// <item><term>its answer</term><description>status, epoch, number, watermark, number of batches; each one's base offset, count, epoch, producer, sequence, length, records</description></item>
/// <item><term>epoch question; answer</term><description>epoch, incarnation, number, epoch asked for; status, epoch, number, epoch found, its end offset</description></item>
/// <item><term>produce; answer</term><description>number, acks, producer, sequence, count, length, records; status, number, base offset, leader</description></item>
/// <item><term>heartbeat; state</term><description>incarnation, version; incarnation, version, leader, leader epoch, in-sync bits, incarnation of each in sync</description></item>
/// <item><term>proposal; refused</term><description>incarnation, epoch, number, version, in-sync bits, incarnation of each; epoch, number</description></item>
/// </list>
/// Anything else is refused, whatever its bytes.
/// </summary>
internal static class InSyncWire
{
    public const int FixedBytesMax = 3 + ((8 + InSyncOptions.ReplicasMax) * Varint.LengthMax);
    public const int BatchHeadBytesMax = 6 * Varint.LengthMax;
    private const int BatchesMax = 4096;

    /// <summary>Writes all but the batches of an answer to a fetch: <see cref="WriteBatches"/> follows there.</summary>
    public static VarintWriter Write(Span<byte> into, in InSyncMessage message, scoped ReadOnlySpan<long> incarnations = default)
    {
        var writer = new VarintWriter(into);
        writer.Byte((byte)message.Verb);
        switch (message.Verb)
        {
            case InSyncVerb.Fetch:
                writer.Numbers(message.Epoch, message.Incarnation, message.Number, message.Offset, message.MinBytes, message.WaitNs);
                break;
            case InSyncVerb.FetchAnswer:
                writer.Byte((byte)message.Status);
                writer.Numbers(message.Epoch, message.Number, message.Watermark);
                break;
            case InSyncVerb.EpochQuestion:
                writer.Numbers(message.Epoch, message.Incarnation, message.Number, message.AskedEpoch);
                break;
            case InSyncVerb.EpochAnswer:
                writer.Byte((byte)message.Status);
                writer.Numbers(message.Epoch, message.Number, message.AskedEpoch, message.Offset);
                break;
            case InSyncVerb.Produce:
                writer.Number(message.Number);
                writer.Byte((byte)message.Acks);
                writer.Numbers(message.ProducerId, message.Sequence, message.Count);
                writer.Sized(message.Records.Span);
                break;
            case InSyncVerb.ProduceAnswer:
                writer.Byte((byte)message.Status);
                writer.Numbers(message.Number, message.Offset, message.Leader);
                break;
            case InSyncVerb.Heartbeat:
                writer.Numbers(message.Incarnation, message.Version);
                break;
            case InSyncVerb.State:
                writer.Numbers(message.Incarnation, message.Version, message.Leader, message.Epoch, message.InSync);
                WriteIncarnations(ref writer, message.InSync, incarnations);
                break;
            case InSyncVerb.Proposal:
                writer.Numbers(message.Incarnation, message.Epoch, message.Number, message.Version, message.InSync);
                WriteIncarnations(ref writer, message.InSync, incarnations);
                break;
            default:
                writer.Numbers(message.Epoch, message.Number);
                break;
        }

        return writer;
    }

    public static int Compose(in InSyncMessage message, ref Turn turn, scoped ReadOnlySpan<long> incarnations = default)
    {
        Span<byte> room = stackalloc byte[FixedBytesMax];
        return turn.Compose(Write(room, message, incarnations).Written);
    }

    /// <summary>Batches of a log with their number take no more than this.</summary>
    public static int BatchesBytesMax(PartitionLog log, int from, int to)
    {
        int length = Varint.LengthMax;
        for (int i = from; i < to; i++)
        {
            length += BatchHeadBytesMax + log[i].Records.Length;
        }

        return length;
    }

    public static void WriteBatches(ref VarintWriter writer, PartitionLog log, int from, int to)
    {
        writer.Number(to - from);
        for (int i = from; i < to; i++)
        {
            RecordBatch batch = log[i];
            writer.Numbers(batch.BaseOffset, batch.Count, batch.Epoch, batch.ProducerId, batch.Sequence);
            writer.Sized(batch.Records.Span);
        }
    }

    /// <summary>False for bytes that no message has. Records point into the memory; the incarnations given are those of the replicas in sync, at their places.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> from, List<RecordBatch> batches, Span<long> incarnations, out InSyncMessage message)
    {
        Debug.Assert(incarnations.Length == InSyncOptions.ReplicasMax, "one for each replica that there can be");
        batches.Clear();
        var reader = new VarintReader(from.Span);
        message = new InSyncMessage { Verb = (InSyncVerb)reader.Byte() };
        switch (message.Verb)
        {
            case InSyncVerb.Fetch:
                (message.Epoch, message.Incarnation, message.Number) = (reader.Number(), reader.Number(), reader.Number());
                (message.Offset, message.MinBytes, message.WaitNs) = (reader.Number(), reader.Number(), reader.Number());
                break;
            case InSyncVerb.FetchAnswer:
                message.Status = ReadStatus(ref reader);
                (message.Epoch, message.Number, message.Watermark) = (reader.Number(), reader.Number(), reader.Number());
                ReadBatches(ref reader, from, batches);
                break;
            case InSyncVerb.EpochQuestion:
                (message.Epoch, message.Incarnation, message.Number, message.AskedEpoch) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
                break;
            case InSyncVerb.EpochAnswer:
                message.Status = ReadStatus(ref reader);
                (message.Epoch, message.Number, message.AskedEpoch, message.Offset) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
                break;
            case InSyncVerb.Produce:
                ReadProduce(ref reader, from, ref message);
                break;
            case InSyncVerb.ProduceAnswer:
                message.Status = ReadStatus(ref reader);
                (message.Number, message.Offset, message.Leader) = (reader.Number(), reader.Number(), reader.Small(InSyncOptions.ReplicasMax));
                break;
            case InSyncVerb.Heartbeat:
                (message.Incarnation, message.Version) = (reader.Number(), reader.Number());
                break;
            case InSyncVerb.State:
                (message.Incarnation, message.Version, message.Leader, message.Epoch) = (reader.Number(), reader.Number(), reader.Small(InSyncOptions.ReplicasMax), reader.Number());
                message.InSync = ReadInSync(ref reader, incarnations);
                break;
            case InSyncVerb.Proposal:
                (message.Incarnation, message.Epoch, message.Number, message.Version) = (reader.Number(), reader.Number(), reader.Number(), reader.Number());
                message.InSync = ReadInSync(ref reader, incarnations);
                break;
            case InSyncVerb.ProposalRefused:
                (message.Epoch, message.Number) = (reader.Number(), reader.Number());
                break;
            default:
                return false;
        }

        return reader.IsAtEnd;
    }

    public static void ReadBatches(ref VarintReader reader, ReadOnlyMemory<byte> from, List<RecordBatch> batches)
    {
        batches.Clear();
        int count = reader.Count(BatchesMax);
        for (int i = 0; i < count && reader.IsGood; i++)
        {
            long offset = reader.Number();
            int records = reader.Small(InSyncOptions.BatchBytesLimit);
            (long epoch, long producer, long sequence) = (reader.Number(), reader.Number(), reader.Number());
            ReadOnlyMemory<byte> bytes = ReadRecords(ref reader, from, records);
            if (offset > long.MaxValue - records)
            {
                reader.Refuse();
            }

            batches.Add(new RecordBatch(offset, records, epoch, producer, sequence, bytes));
        }

        if (!reader.IsGood)
        {
            batches.Clear();
        }
    }

    private static void ReadProduce(ref VarintReader reader, ReadOnlyMemory<byte> from, ref InSyncMessage message)
    {
        message.Number = reader.Number();
        message.Acks = (Acknowledgement)reader.Byte();
        (message.ProducerId, message.Sequence, message.Count) = (reader.Number(), reader.Number(), reader.Small(InSyncOptions.BatchBytesLimit));
        message.Records = ReadRecords(ref reader, from, message.Count);
        if (message.Acks > Acknowledgement.All || message.Sequence > long.MaxValue - message.Count)
        {
            reader.Refuse();
        }
    }

    /// <summary>The records, which must be as many as said: each a length and so many bytes.</summary>
    private static ReadOnlyMemory<byte> ReadRecords(ref VarintReader reader, ReadOnlyMemory<byte> from, int count)
    {
        ReadOnlyMemory<byte> records = reader.Sized(from, InSyncOptions.BatchBytesLimit);
        var inner = new VarintReader(records.Span);
        for (int i = 0; i < count && inner.IsGood; i++)
        {
            inner.Skip(inner.Small(InSyncOptions.BatchBytesLimit));
        }

        if (count == 0 || !inner.IsAtEnd)
        {
            reader.Refuse();
        }

        return records;
    }

    private static ReplicaStatus ReadStatus(ref VarintReader reader)
    {
        byte status = reader.Byte();
        if (status > (byte)ReplicaStatus.OutOfRange)
        {
            reader.Refuse();
        }

        return (ReplicaStatus)status;
    }

    private static void WriteIncarnations(ref VarintWriter writer, uint inSync, scoped ReadOnlySpan<long> incarnations)
    {
        for (uint rest = inSync; rest != 0; rest &= rest - 1)
        {
            writer.Number(incarnations[(int)uint.TrailingZeroCount(rest)]);
        }
    }

    private static uint ReadInSync(ref VarintReader reader, Span<long> incarnations)
    {
        long bits = reader.Number();
        if (bits is 0 or > uint.MaxValue)
        {
            reader.Refuse();
            return 0;
        }

        incarnations.Clear();
        for (uint rest = (uint)bits; rest != 0; rest &= rest - 1)
        {
            incarnations[(int)uint.TrailingZeroCount(rest)] = reader.Number();
        }

        return (uint)bits;
    }
}
