using System.Buffers.Binary;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.Replication;

/// <summary>
/// How every durable record begins: CRC-32C of the rest (four bytes, low first), then the record's number among the member's good ones, from 0. The number tells a
/// tail that a crash cut off, and that was promised to nobody, from a record that is missing.
/// </summary>
internal static class NumberedRecord
{
    /// <summary>With a byte for its kind.</summary>
    public const int HeadBytesMax = ChecksumBytes + Varint.LengthMax + 1;
    private const int ChecksumBytes = 4;

    /// <summary>What follows is written through the writer.</summary>
    public static VarintWriter Begin(Span<byte> into, long number)
    {
        var writer = new VarintWriter(into);
        writer.Zeros(ChecksumBytes);
        writer.Number(number);
        return writer;
    }

    /// <summary>Puts the checksum before what was written, and gives the record.</summary>
    public static ReadOnlySpan<byte> Seal(scoped in VarintWriter writer)
    {
        Span<byte> record = writer.Written;
        BinaryPrimitives.WriteUInt32LittleEndian(record, Crc32C.Of(record[ChecksumBytes..]));
        return record;
    }

    /// <summary>False for a record that is torn or damaged; else its number, and a reader of what follows.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> record, out long number, out VarintReader reader)
    {
        bool isWhole = record.Length >= ChecksumBytes && BinaryPrimitives.ReadUInt32LittleEndian(record) == Crc32C.Of(record[ChecksumBytes..]);
        reader = new VarintReader(isWhole ? record[ChecksumBytes..] : default);
        number = reader.Number();
        return reader.IsGood;
    }
}
