using System.Buffers.Binary;
using System.Numerics;

namespace Headroom.Kernel.Arithmetic;

/// <summary>
/// CRC-32C (polynomial 0x1EDC6F41, reflected, all bits turned before and after), of "123456789" 0xE3069283: what durable records and logs are checked by. Long inputs go in three parts side by side, for a processor begins a step of
/// each while it waits for the others': the state after A and B is that after A, taken through as many zeros as B has bytes, plus (exclusive or) that of B from 0, because the code is linear.
/// </summary>
public static class Crc32C
{
    /// <summary>Bytes of each of the three parts.</summary>
    private const int Stride = 1024;

    /// <summary>What a state becomes that is taken through a stride of zeros, by each of its four bytes.</summary>
    private static readonly uint[][] ThroughZeros = TablesThroughZeros();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= 3 * Stride)
        {
            crc = Three(crc, bytes[..Stride], bytes.Slice(Stride, Stride), bytes.Slice(2 * Stride, Stride));
            bytes = bytes[(3 * Stride)..];
        }

        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private static uint Three(uint crc, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        (uint a, uint b, uint c) = (crc, 0, 0);
        for (int i = 0; i <= first.Length - 8; i += 8)
        {
            a = BitOperations.Crc32C(a, BinaryPrimitives.ReadUInt64LittleEndian(first[i..]));
            b = BitOperations.Crc32C(b, BinaryPrimitives.ReadUInt64LittleEndian(second[i..]));
            c = BitOperations.Crc32C(c, BinaryPrimitives.ReadUInt64LittleEndian(third[i..]));
        }

        return Through(Through(a) ^ b) ^ c;
    }

    private static uint Through(uint crc) =>
        ThroughZeros[0][crc & 0xFF] ^ ThroughZeros[1][crc >> 8 & 0xFF] ^ ThroughZeros[2][crc >> 16 & 0xFF] ^ ThroughZeros[3][crc >> 24];

    private static uint[][] TablesThroughZeros()
    {
        uint[][] tables = [new uint[256], new uint[256], new uint[256], new uint[256]];
        for (int bit = 0; bit < 32; bit++)
        {
            uint state = 1u << bit;
            for (int i = 0; i < Stride; i += 8)
            {
                state = BitOperations.Crc32C(state, 0UL);
            }

            uint[] table = tables[bit / 8];
            int mask = 1 << (bit % 8);
            for (int value = 0; value < table.Length; value++)
            {
                table[value] ^= (value & mask) != 0 ? state : 0;
            }
        }

        return tables;
    }
}
