using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields;

public static partial class GaloisField256
{
    /// <summary>
    /// 32 bytes a step. A byte is x = 16 h + l, so c x = c (16 h) + c l: two look-ups in tables of sixteen products. Lane layout: both tables
    /// stand twice in a 256-bit register, once in each 128-bit lane, because the byte shuffle looks up within its own lane.
    /// </summary>
    /// <returns>How many bytes were done: the whole steps, or 0 without AVX2.</returns>
    private static int MultiplyAddVector(byte coefficient, ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (!Avx2.IsSupported || source.Length < Vector256<byte>.Count)
        {
            return 0;
        }

        (Vector256<byte> low, Vector256<byte> high) = NibbleProducts(coefficient);
        Vector256<byte> nibble = Vector256.Create((byte)0x0F);
        int i = 0;
        for (; i <= source.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var x = Vector256.Create(source.Slice(i, Vector256<byte>.Count));
            Vector256<byte> product = Avx2.Shuffle(low, x & nibble) ^ Avx2.Shuffle(high, (x.AsUInt16() >>> 4).AsByte() & nibble);
            (Vector256.Create<byte>(target.Slice(i, Vector256<byte>.Count)) ^ product).CopyTo(target[i..]);
        }

        return i;
    }

    private static (Vector256<byte> Low, Vector256<byte> High) NibbleProducts(byte coefficient)
    {
        Span<byte> low = stackalloc byte[16];
        Span<byte> high = stackalloc byte[16];
        for (int i = 0; i < 16; i++)
        {
            low[i] = Multiply(coefficient, (byte)i);
            high[i] = Multiply(coefficient, (byte)(i << 4));
        }

        var lowLane = Vector128.Create<byte>(low);
        var highLane = Vector128.Create<byte>(high);
        return (Vector256.Create(lowLane, lowLane), Vector256.Create(highLane, highLane));
    }

    private static int AddVector(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(source[i..]) ^ new Vector<byte>(target[i..])).CopyTo(target[i..]);
        }

        return i;
    }
}
