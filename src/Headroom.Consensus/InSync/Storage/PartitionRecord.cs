using System.Buffers.Binary;
using Headroom.Consensus.InSync.Log;
using Headroom.Consensus.InSync.Messages;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.InSync.Storage;

/// <summary>
/// A replica's durable records: CRC-32C of all that follows, the record's number, its kind, then a start's incarnation, the offset of a truncation, or the batches that were appended. The
/// number tells a tail that was torn by a crash from a record that is missing.
/// </summary>
internal static class PartitionRecord
{
    public const int HeadBytesMax = ChecksumBytes + 1 + (3 * Varint.LengthMax);
    private const int ChecksumBytes = 4;

    public enum Kind : byte
    {
        Start,
        Truncation,
        Batches,
    }

    public static int Write(Span<byte> into, long number, Kind kind, long value)
    {
        VarintWriter writer = Begin(into, number, kind);
        writer.Number(value);
        return Close(into, writer.Length);
    }

    public static int Write(Span<byte> into, long number, PartitionLog log, int from, int to)
    {
        VarintWriter writer = Begin(into, number, Kind.Batches);
        InSyncWire.WriteBatches(ref writer, log, from, to);
        return Close(into, writer.Length);
    }

    /// <summary>False for a record that is torn or damaged.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> record, List<RecordBatch> batches, out Content content)
    {
        content = default;
        batches.Clear();
        if (record.Length < ChecksumBytes || BinaryPrimitives.ReadUInt32LittleEndian(record.Span) != Crc32C.Of(record.Span[ChecksumBytes..]))
        {
            return false;
        }

        ReadOnlyMemory<byte> rest = record[ChecksumBytes..];
        var reader = new VarintReader(rest.Span);
        long number = reader.Number();
        var kind = (Kind)reader.Byte();
        long value = 0;
        if (kind == Kind.Batches)
        {
            InSyncWire.ReadBatches(ref reader, rest, batches);
        }
        else
        {
            value = reader.Number();
        }

        content = new Content(number, kind, value);
        return reader.IsAtEnd && kind <= Kind.Batches;
    }

    private static VarintWriter Begin(Span<byte> into, long number, Kind kind)
    {
        var writer = new VarintWriter(into[ChecksumBytes..]);
        writer.Number(number);
        writer.Byte((byte)kind);
        return writer;
    }

    private static int Close(Span<byte> into, int written)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(into, Crc32C.Of(into.Slice(ChecksumBytes, written)));
        return ChecksumBytes + written;
    }

    public readonly record struct Content(long Number, Kind Kind, long Value);
}
