using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// GF(2^16) by GF2P8AFFINEQB: a product with c is a 16 x 16 bit matrix, four of 8 x 8 between the bytes of an element. Lane layout: 64 elements of a step are
/// taken apart into a register of their 64 lower bytes and one of their 64 upper bytes, in order, and put together again when the sum is stored.
/// A coefficient is the matrices lower to lower, lower to upper, upper to lower, upper to upper: 32 bytes.
/// </summary>
internal readonly unsafe struct AffinePlanes512 : IProduct<Pair512, Pair512>
{
    public static bool HasManyRegisters => true;

    public static int StepBytes => 128;

    public static int CoefficientBytes => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Load(byte* source)
    {
        Vector512<byte> first = Vector512.Load(source);
        Vector512<byte> second = Vector512.Load(source + 64);
        return new Pair512(
            Avx512Vbmi.PermuteVar64x8x2(first, Vector512.CreateSequence<byte>(0, 2), second),
            Avx512Vbmi.PermuteVar64x8x2(first, Vector512.CreateSequence<byte>(1, 2), second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 LoadSum(byte* target) => Load(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Add(Pair512 sum, Pair512 x, byte* c) => new(
        sum.Low ^ Transform(x.Low, c) ^ Transform(x.High, c + 16),
        sum.High ^ Transform(x.Low, c + 8) ^ Transform(x.High, c + 24));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Add(Pair512 sum, Pair512 x, byte* c, Pair512 y, byte* d) => Add(Add(sum, x, c), y, d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair512 sum, byte* target) => Affine512.Store(Interleave(sum), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Pair512 sum, byte* target) => Affine512.StoreNonTemporal(Interleave(sum), target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Transform(Vector512<byte> x, byte* matrix) =>
        Gfni.V512.GaloisFieldAffineTransform(x, Vector512.Create(*(ulong*)matrix).AsByte(), 0);

    /// <summary>Byte 2 i from lower byte i, byte 2 i + 1 from upper byte i, whose index in the two registers is 64 + i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair512 Interleave(Pair512 planes) => new(
        Avx512Vbmi.PermuteVar64x8x2(planes.Low, Vector512.CreateSequence<ushort>(0x4000, 0x0101).AsByte(), planes.High),
        Avx512Vbmi.PermuteVar64x8x2(planes.Low, Vector512.CreateSequence<ushort>(0x6020, 0x0101).AsByte(), planes.High));
}
