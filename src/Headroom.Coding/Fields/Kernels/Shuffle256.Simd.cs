using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>64 bytes in two 256-bit registers.</summary>
internal readonly struct Pair256(Vector256<byte> low, Vector256<byte> high)
{
    public readonly Vector256<byte> Low = low;
    public readonly Vector256<byte> High = high;
}

/// <summary>64 bytes split into their nibbles: the lower and the upper ones of each register.</summary>
internal readonly struct Nibbles256(Vector256<byte> low0, Vector256<byte> high0, Vector256<byte> low1, Vector256<byte> high1)
{
    public readonly Vector256<byte> Low0 = low0;
    public readonly Vector256<byte> High0 = high0;
    public readonly Vector256<byte> Low1 = low1;
    public readonly Vector256<byte> High1 = high1;
}

/// <summary>
/// GF(2^8), any polynomial, by byte shuffles: x = 16 h + l, so c x = c (16 h) + c l, two look-ups in tables of sixteen products. Lane layout: each
/// table stands twice in a 256-bit register, once in each 128-bit lane, because the shuffle looks up within its own lane. A coefficient is the
/// two tables, 32 bytes (<see cref="ByteMatrix"/>).
/// </summary>
internal readonly unsafe struct Shuffle256 : IProduct<Nibbles256, Pair256>
{
    public static bool IsSupported => Avx2.IsSupported;

    public static bool HasManyRegisters => false;

    public static int StepBytes => 64;

    public static int CoefficientBytes => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Nibbles256 Load(byte* source) => Split(Vector256.Load(source), Vector256.Load(source + 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 LoadSum(byte* target) => new(Vector256.Load(target), Vector256.Load(target + 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Add(Pair256 sum, Nibbles256 x, byte* c)
    {
        Vector256<byte> low = Avx2.BroadcastVector128ToVector256(c);
        Vector256<byte> high = Avx2.BroadcastVector128ToVector256(c + 16);
        return new Pair256(
            sum.Low ^ Avx2.Shuffle(low, x.Low0) ^ Avx2.Shuffle(high, x.High0),
            sum.High ^ Avx2.Shuffle(low, x.Low1) ^ Avx2.Shuffle(high, x.High1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Add(Pair256 sum, Nibbles256 x, byte* c, Nibbles256 y, byte* d) => Add(Add(sum, x, c), y, d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair256 sum, byte* target)
    {
        sum.Low.Store(target);
        sum.High.Store(target + 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Pair256 sum, byte* target)
    {
        sum.Low.StoreAlignedNonTemporal(target);
        sum.High.StoreAlignedNonTemporal(target + 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Nibbles256 Split(Vector256<byte> low, Vector256<byte> high)
    {
        Vector256<byte> nibble = Vector256.Create((byte)0x0F);
        return new Nibbles256(
            low & nibble, (low.AsUInt16() >>> 4).AsByte() & nibble,
            high & nibble, (high.AsUInt16() >>> 4).AsByte() & nibble);
    }
}
