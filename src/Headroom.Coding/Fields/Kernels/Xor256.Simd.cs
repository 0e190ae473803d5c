using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>Rows of ones, in any field: sums alone. Lane layout: bytes in order, 64 a step in two registers. A coefficient takes no room.</summary>
internal readonly unsafe struct Xor256 : IProduct<Pair256, Pair256>
{
    public static bool HasManyRegisters => false;

    public static int StepBytes => 64;

    public static int CoefficientBytes => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Load(byte* source) => Shuffle256.LoadSum(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 LoadSum(byte* target) => Shuffle256.LoadSum(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Add(Pair256 sum, Pair256 x, byte* c) => new(sum.Low ^ x.Low, sum.High ^ x.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Add(Pair256 sum, Pair256 x, byte* c, Pair256 y, byte* d) => new(sum.Low ^ x.Low ^ y.Low, sum.High ^ x.High ^ y.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair256 sum, byte* target) => Shuffle256.Store(sum, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Pair256 sum, byte* target) => Shuffle256.StoreNonTemporal(sum, target);
}
