using System.Buffers.Binary;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// A map of bytes that is linear over GF(2), given by the images of 1, 2, 4, … 128, in the two forms that kernels want. Every product with a constant
/// of a field of characteristic two is one (eight bits), or four of them (sixteen).
/// </summary>
internal static class ByteMatrix
{
    /// <summary>
    /// The operand of GF2P8AFFINEQB: byte 7 - i is the row of output bit i, and bit k of that row says whether input bit k enters. The images, one a
    /// byte, are the transposed matrix.
    /// </summary>
    public static ulong AffineOperand(ReadOnlySpan<byte> images)
    {
        // Hacker's Delight 7-3: blocks of 1, 2 and 4 bits exchanged across the diagonal. Row i lands in byte i, and is wanted in byte 7 - i.
        ulong x = BinaryPrimitives.ReadUInt64LittleEndian(images);
        ulong t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AA;
        x ^= t ^ (t << 7);
        t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCC;
        x ^= t ^ (t << 14);
        t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0;
        x ^= t ^ (t << 28);
        return BinaryPrimitives.ReverseEndianness(x);
    }

    /// <summary>table[i] = image of i and table[16 + i] = image of 16 i, for i = 0 … 15.</summary>
    public static void NibbleTables(ReadOnlySpan<byte> images, Span<byte> tables)
    {
        for (int half = 0; half < 2; half++)
        {
            Span<byte> table = tables.Slice(16 * half, 16);
            table[0] = 0;
            for (int i = 1; i < 16; i++)
            {
                int top = System.Numerics.BitOperations.Log2((uint)i);
                table[i] = (byte)(table[i ^ (1 << top)] ^ images[(4 * half) + top]);
            }
        }
    }
}
