using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>128 bytes in two 512-bit registers.</summary>
internal readonly struct Pair512(Vector512<byte> low, Vector512<byte> high)
{
    public readonly Vector512<byte> Low = low;
    public readonly Vector512<byte> High = high;
}

/// <summary>
/// GF(2^8), any polynomial, by GF2P8AFFINEQB: a product with c is linear over GF(2), so it is an 8 x 8 bit matrix. Lane layout: each of the eight
/// 64-bit lanes holds the same matrix and transforms its own eight bytes. A coefficient is that matrix: 8 bytes (<see cref="ByteMatrix"/>).
/// </summary>
internal readonly unsafe struct Affine512 : IProduct<Pair512, Pair512>
{
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Gfni.V512.IsSupported && Avx512Vbmi.IsSupported;

    public static bool HasManyRegisters => true;

    public static int StepBytes => 128;

    public static int CoefficientBytes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Load(byte* source) => new(Vector512.Load(source), Vector512.Load(source + 64));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 LoadSum(byte* target) => Load(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Add(Pair512 sum, Pair512 x, byte* c)
    {
        Vector512<byte> matrix = Vector512.Create(*(ulong*)c).AsByte();
        return new Pair512(
            sum.Low ^ Gfni.V512.GaloisFieldAffineTransform(x.Low, matrix, 0),
            sum.High ^ Gfni.V512.GaloisFieldAffineTransform(x.High, matrix, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Add(Pair512 sum, Pair512 x, byte* c, Pair512 y, byte* d)
    {
        Vector512<byte> first = Vector512.Create(*(ulong*)c).AsByte();
        Vector512<byte> second = Vector512.Create(*(ulong*)d).AsByte();
        return new Pair512(
            sum.Low ^ Gfni.V512.GaloisFieldAffineTransform(x.Low, first, 0) ^ Gfni.V512.GaloisFieldAffineTransform(y.Low, second, 0),
            sum.High ^ Gfni.V512.GaloisFieldAffineTransform(x.High, first, 0) ^ Gfni.V512.GaloisFieldAffineTransform(y.High, second, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair512 sum, byte* target)
    {
        sum.Low.Store(target);
        sum.High.Store(target + 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Pair512 sum, byte* target)
    {
        sum.Low.StoreAlignedNonTemporal(target);
        sum.High.StoreAlignedNonTemporal(target + 64);
    }
}
