using System.Buffers.Binary;
using System.Numerics;

namespace Headroom.Kernel.Arithmetic;

/// <summary>CRC-32C (polynomial 0x1EDC6F41, reflected, all bits turned before and after), of "123456789" 0xE3069283: what durable records and logs are checked by.</summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
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
}
