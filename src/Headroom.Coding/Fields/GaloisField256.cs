using System.Runtime.InteropServices;

namespace Headroom.Coding.Fields;

/// <summary>
/// GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D), the field of ISA-L, Jerasure and RAID-6. Addition is exclusive or;
/// 2 generates the multiplicative group. The bulk operations have one vector path and a scalar one, which is its oracle.
/// </summary>
public static partial class GaloisField256
{
    public const int Polynomial = 0x11D;

    /// <summary>2^i for i = 0 … 509, so that a sum of two logarithms needs no reduction.</summary>
    private static readonly byte[] Powers = new byte[510];

    /// <summary>The logarithm to base 2 of 1 … 255; entry 0 is not used.</summary>
    private static readonly byte[] Logarithms = new byte[256];

    /// <summary>Row c holds c times 0 … 255: 64 KiB, in the second-level cache.</summary>
    private static readonly byte[] Products = new byte[256 * 256];

    static GaloisField256()
    {
        int x = 1;
        for (int i = 0; i < 255; i++)
        {
            Powers[i] = Powers[i + 255] = (byte)x;
            Logarithms[x] = (byte)i;
            x <<= 1;
            x = x > 255 ? x ^ Polynomial : x;
        }

        for (int a = 1; a < 256; a++)
        {
            for (int b = 1; b < 256; b++)
            {
                Products[(a << 8) | b] = Powers[Logarithms[a] + Logarithms[b]];
            }
        }
    }

    public static byte Multiply(byte a, byte b) => Products[(a << 8) | b];

    /// <summary>The b with a b = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">a is 0.</exception>
    public static byte Inverse(byte a)
    {
        ArgumentOutOfRangeException.ThrowIfZero(a);
        return Powers[255 - Logarithms[a]];
    }

    /// <summary>target[i] += coefficient source[i]. Source and target are the same memory or do not overlap.</summary>
    public static void MultiplyAdd(byte coefficient, ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Length);
        if (coefficient == 0)
        {
            return;
        }

        int done = coefficient == 1 ? AddVector(source, target) : MultiplyAddVector(coefficient, source, target);
        MultiplyAddScalar(coefficient, source[done..], target[done..]);
    }

    /// <summary>The scalar oracle of <see cref="MultiplyAdd"/>.</summary>
    internal static void MultiplyAddScalar(byte coefficient, ReadOnlySpan<byte> source, Span<byte> target)
    {
        ReadOnlySpan<byte> row = Products.AsSpan(coefficient << 8, 256);
        ref byte products = ref MemoryMarshal.GetReference(row);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] ^= System.Runtime.CompilerServices.Unsafe.Add(ref products, source[i]);
        }
    }
}
