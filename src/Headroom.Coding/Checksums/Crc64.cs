using System.Buffers.Binary;

namespace Headroom.Coding.Checksums;

/// <summary>
/// CRC-64/NVME: polynomial 0xAD93D23594C93659 (reflected 0x9A6C9329AC4BC9B5), reflected, all bits turned before and after; of "123456789" 0xAE8B14860A799888.
/// Finds every error burst of up to 64 bits; of other damage it misses one in 2^64. It says nothing against malice. With carry-less multiplication about as
/// fast as memory; the tables (eight bytes a step) are its oracle.
/// </summary>
public static partial class Crc64
{
    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;

    /// <summary>Row r holds, for each byte, what it adds when r bytes follow it in a step of eight.</summary>
    private static readonly ulong[] Steps = StepTable();

    /// <summary>The checksum of no bytes.</summary>
    public const ulong Empty = 0;

    public static ulong Of(ReadOnlySpan<byte> bytes) => Append(Empty, bytes);

    /// <summary>The checksum of what <paramref name="checksum"/> is the checksum of, followed by these bytes.</summary>
    public static ulong Append(ulong checksum, ReadOnlySpan<byte> bytes)
    {
        ulong state = ~checksum;
        int done = Fold(ref state, bytes);
        return ~AppendByTables(state, bytes[done..]);
    }

    /// <summary>The oracle of <see cref="Append"/>.</summary>
    internal static ulong AppendScalar(ulong checksum, ReadOnlySpan<byte> bytes) => ~AppendByTables(~checksum, bytes);

    private static ulong AppendByTables(ulong state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            ulong x = state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            state = 0;
            for (int i = 0; i < 8; i++)
            {
                state ^= Steps[((7 - i) << 8) | (byte)(x >> (8 * i))];
            }

            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
        {
            state = (state >> 8) ^ Steps[(byte)(state ^ value)];
        }

        return state;
    }

    private static ulong[] StepTable()
    {
        ulong[] table = new ulong[8 * 256];
        for (int value = 0; value < 256; value++)
        {
            ulong rest = (ulong)value;
            for (int bit = 0; bit < 8; bit++)
            {
                rest = TimesX(rest);
            }

            table[value] = rest;
        }

        for (int i = 256; i < table.Length; i++)
        {
            ulong before = table[i - 256];
            table[i] = (before >> 8) ^ table[(byte)before];
        }

        return table;
    }

    /// <summary>Reflected: the coefficient of x^0 is the highest bit.</summary>
    private static ulong TimesX(ulong polynomial) => (polynomial >> 1) ^ ((polynomial & 1) != 0 ? Polynomial : 0);
}
