using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>Rows of ones, in any field: sums alone. Lane layout: bytes in order, 128 a step in two registers. A coefficient takes no room.</summary>
internal readonly unsafe struct Xor512 : IProduct<Pair512, Pair512>
{
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    public static bool HasManyRegisters => true;

    public static int StepBytes => 128;

    public static int CoefficientBytes => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Load(byte* source) => Affine512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 LoadSum(byte* target) => Affine512.Load(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Add(Pair512 sum, Pair512 x, byte* c) => new(sum.Low ^ x.Low, sum.High ^ x.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair512 Add(Pair512 sum, Pair512 x, byte* c, Pair512 y, byte* d) => new(sum.Low ^ x.Low ^ y.Low, sum.High ^ x.High ^ y.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair512 sum, byte* target) => Affine512.Store(sum, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Pair512 sum, byte* target) => Affine512.StoreNonTemporal(sum, target);
}
