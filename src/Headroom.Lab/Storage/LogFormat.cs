using System.Buffers.Binary;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Lab.Storage;

/// <summary>
/// How a log lies on the disk: sixteen bytes that say what it is, then groups. A group is what one write and one flush made durable: the length of its records (4 bytes), its number from 0 (4),
/// CRC-32C of these eight bytes (4), CRC-32C of the records (4), then the records, each behind its length (4). All little endian. A log that a member begins anew, with its state and what follows, is written to a file of its own,
/// which takes the old one's name when it is durable: whole or not at all.
/// </summary>
internal static class LogFormat
{
    public const int HeadBytes = 16;
    public const int LengthBytes = 4;

    /// <summary>What a log begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "headroom log v1\n"u8;

    /// <summary>What a log begins with that was begun anew: its first group was durable before the file had its name. As long as the other.</summary>
    public static ReadOnlySpan<byte> AnewMark => "snapshot log v1\n"u8;

    /// <summary>Writes the head of a group before its records, for which it left room.</summary>
    public static void WriteHead(Span<byte> group, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(group, group.Length - HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(group[4..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(group[8..], Crc32C.Of(group[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(group[12..], Crc32C.Of(group[HeadBytes..]));
    }

    /// <summary>The group that these bytes begin with; false where they begin with no whole and good one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int number, out int length)
    {
        number = length = 0;
        if (bytes.Length < HeadBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Crc32C.Of(bytes[..8]))
        {
            return false;
        }

        length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        number = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        return length > 0 && number >= 0 && length <= bytes.Length - HeadBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) == Crc32C.Of(bytes.Slice(HeadBytes, length));
    }
}
