using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>Two steps side by side.</summary>
internal struct Two<T>(T first, T second)
    where T : unmanaged
{
    public T First = first;
    public T Second = second;
}

/// <summary>The same arithmetic by steps of twice the length: each coefficient that is loaded serves twice as many bytes, and twice as many sums are in registers.</summary>
internal readonly unsafe struct Doubled<TProduct, TInput, TSum> : IProduct<Two<TInput>, Two<TSum>>
    where TProduct : struct, IProduct<TInput, TSum>
    where TInput : unmanaged
    where TSum : unmanaged
{
    public static bool HasManyRegisters => TProduct.HasManyRegisters;

    public static int StepBytes => 2 * TProduct.StepBytes;

    public static int CoefficientBytes => TProduct.CoefficientBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TInput> Load(byte* source) => new(TProduct.Load(source), TProduct.Load(source + TProduct.StepBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TSum> LoadSum(byte* target) => new(TProduct.LoadSum(target), TProduct.LoadSum(target + TProduct.StepBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TSum> Add(Two<TSum> sum, Two<TInput> x, byte* c) => new(TProduct.Add(sum.First, x.First, c), TProduct.Add(sum.Second, x.Second, c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TSum> Add(Two<TSum> sum, Two<TInput> x, byte* c, Two<TInput> y, byte* d) =>
        new(TProduct.Add(sum.First, x.First, c, y.First, d), TProduct.Add(sum.Second, x.Second, c, y.Second, d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Two<TSum> sum, byte* target)
    {
        TProduct.Store(sum.First, target);
        TProduct.Store(sum.Second, target + TProduct.StepBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(Two<TSum> sum, byte* target)
    {
        TProduct.StoreNonTemporal(sum.First, target);
        TProduct.StoreNonTemporal(sum.Second, target + TProduct.StepBytes);
    }
}
