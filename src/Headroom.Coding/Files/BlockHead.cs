using System.Buffers.Binary;
using Headroom.Coding.Checksums;

namespace Headroom.Coding.Files;

/// <summary>
/// What stands before a shard's bytes of one stripe, little endian: the stripe's number (8 bytes), the shard's bytes (4), the content's bytes in this stripe (4),
/// 1 in the last stripe and 0 before (4), the shard's number (4), the CRC-64 of all content up to the end of this stripe (8), for each sub-chunk the CRC-64 of
/// its bytes (8 each), and the CRC-64 of all this (8). So a block says itself whether it is whole, a repair may check the sub-chunks it reads alone, and
/// blocks of different contents do not mix.
/// </summary>
internal readonly record struct BlockHead(long Stripe, int ShardBytes, int ContentBytes, bool IsLast, int Shard, ulong ContentChecksum)
{
    private const int FixedBytes = 32;
    private const int ChecksumBytes = 8;

    public static int Bytes(int subshards) => FixedBytes + ((subshards + 1) * ChecksumBytes);

    /// <summary>What blocks of one stripe of one content have in common.</summary>
    public BlockHead OfStripe => this with { Shard = 0 };

    /// <summary>Writes the head before the shard's bytes.</summary>
    public void Write(Span<byte> head, ReadOnlySpan<byte> shard, int subshards)
    {
        BinaryPrimitives.WriteInt64LittleEndian(head, Stripe);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], ShardBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], ContentBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], IsLast ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], Shard);
        BinaryPrimitives.WriteUInt64LittleEndian(head[24..], ContentChecksum);
        int part = ShardBytes / subshards;
        for (int i = 0; i < subshards; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(head[(FixedBytes + (i * ChecksumBytes))..], Crc64.Of(shard.Slice(i * part, part)));
        }

        int end = FixedBytes + (subshards * ChecksumBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(head[end..], Crc64.Of(head[..end]));
    }

    /// <summary>The head that these bytes are; false where they are damaged or say what no encoder writes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, StripeShape shape, out BlockHead head)
    {
        head = default;
        int end = Bytes(shape.Subshards) - ChecksumBytes;
        if (bytes.Length < end + ChecksumBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes[end..]) != Crc64.Of(bytes[..end]))
        {
            return false;
        }

        int last = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]);
        head = new BlockHead(
            BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            last == 1, BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        return head.Stripe >= 0 && head.ContentBytes >= 0 && last is 0 or 1
            && (head.IsLast ? head.ContentBytes < shape.ContentBytes && head.ShardBytes == shape.LastShardBytes(head.ContentBytes)
                : head.ContentBytes == shape.ContentBytes && head.ShardBytes == shape.BlockBytes);
    }

    /// <summary>Whether the sub-chunk of that number has the checksum that a good head says.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> head, int index, ReadOnlySpan<byte> part) =>
        BinaryPrimitives.ReadUInt64LittleEndian(head[(FixedBytes + (index * ChecksumBytes))..]) == Crc64.Of(part);
}
