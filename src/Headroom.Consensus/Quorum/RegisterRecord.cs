using System.Buffers.Binary;
using Headroom.Consensus.Wire;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Consensus.Quorum;

/// <summary>
/// What a server writes down of each value that it takes: CRC-32C of the rest (four bytes, low first), the record's number among the server's good ones (from 0), register, tag, value.
/// The number tells a record that a crash cut off, and that was promised to nobody, from one that is missing.
/// </summary>
internal readonly record struct RegisterRecord(long Number, int Register, RegisterTag Tag, long Content)
{
    private const int ChecksumBytes = 4;

    public const int LengthMax = ChecksumBytes + (5 * Varint.LengthMax);

    public int Write(Span<byte> into)
    {
        var writer = new VarintWriter(into[ChecksumBytes..]);
        writer.Number(Number);
        writer.Number(Register);
        writer.Number(Tag.Number);
        writer.Number(Tag.Writer);
        writer.Number(Content);
        int length = ChecksumBytes + writer.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(into, Crc32C.Of(into[ChecksumBytes..length]));
        return length;
    }

    /// <summary>False for a record that is torn or damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, int registers, out RegisterRecord record)
    {
        record = default;
        if (from.Length < ChecksumBytes || BinaryPrimitives.ReadUInt32LittleEndian(from) != Crc32C.Of(from[ChecksumBytes..]))
        {
            return false;
        }

        var reader = new VarintReader(from[ChecksumBytes..]);
        record = new RegisterRecord(reader.Number(), reader.Small(registers - 1), new RegisterTag(reader.Number(), reader.Small(int.MaxValue)), reader.Number());
        return reader.IsAtEnd;
    }
}
