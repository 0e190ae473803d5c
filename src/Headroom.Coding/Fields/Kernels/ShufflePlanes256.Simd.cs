using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// GF(2^16) by byte shuffles: an element has four nibbles, and each has its products' lower bytes and upper bytes in a table of sixteen. Lane layout: 32 elements
/// of a step are taken apart into a register of lower and one of upper bytes; their order in it (0 to 7, 16 to 23, 8 to 15, 24 to 31, as shuffles within lanes
/// leave it) is undone when the sum is stored. A coefficient is four pairs of tables, lower to lower, lower to upper, upper to lower, upper to upper: 128 bytes.
/// </summary>
internal readonly unsafe struct ShufflePlanes256 : IProduct<Nibbles256, Pair256>
{
    public static bool HasManyRegisters => false;

    public static int StepBytes => 64;

    public static int CoefficientBytes => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Nibbles256 Load(byte* source)
    {
        Pair256 planes = LoadSum(source);
        return Shuffle256.Split(planes.Low, planes.High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 LoadSum(byte* target)
    {
        Vector256<byte> apart = Vector256.Create(Vector128.Create((byte)0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
        Vector256<ulong> first = Avx2.Shuffle(Vector256.Load(target), apart).AsUInt64();
        Vector256<ulong> second = Avx2.Shuffle(Vector256.Load(target + 32), apart).AsUInt64();
        return new Pair256(Avx2.UnpackLow(first, second).AsByte(), Avx2.UnpackHigh(first, second).AsByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Add(Pair256 sum, Nibbles256 x, byte* c) => new(
        sum.Low ^ LookUp(c, x.Low0) ^ LookUp(c + 16, x.High0) ^ LookUp(c + 64, x.Low1) ^ LookUp(c + 80, x.High1),
        sum.High ^ LookUp(c + 32, x.Low0) ^ LookUp(c + 48, x.High0) ^ LookUp(c + 96, x.Low1) ^ LookUp(c + 112, x.High1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Add(Pair256 sum, Nibbles256 x, byte* c, Nibbles256 y, byte* d) => Add(Add(sum, x, c), y, d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair256 sum, byte* target) => Shuffle256.Store(Interleave(sum), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Pair256 sum, byte* target) => Shuffle256.StoreNonTemporal(Interleave(sum), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(byte* table, Vector256<byte> nibbles) => Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(table), nibbles);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair256 Interleave(Pair256 planes) => new(Avx2.UnpackLow(planes.Low, planes.High), Avx2.UnpackHigh(planes.Low, planes.High));
}
