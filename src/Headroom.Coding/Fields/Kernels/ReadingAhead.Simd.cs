using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// The same arithmetic, which asks for each input's bytes some lines ahead while it loads these. The machine's own prefetchers lose their place at the end of a page; where the inputs
/// leave their pages at different times, each end is a wait of its own.
/// </summary>
internal readonly unsafe struct ReadingAhead<TProduct, TInput, TSum> : IProduct<TInput, TSum>
    where TProduct : struct, IProduct<TInput, TSum>
    where TInput : unmanaged
    where TSum : unmanaged
{
    private const int LineBytes = 64;

    /// <summary>Nearer is too late; from 512 bytes on, ten inputs lose lines again before they are read.</summary>
    private const int DistanceBytes = 256;

    public static bool HasManyRegisters => TProduct.HasManyRegisters;

    public static int StepBytes => TProduct.StepBytes;

    public static int CoefficientBytes => TProduct.CoefficientBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInput Load(byte* source)
    {
        if (Sse.IsSupported && TProduct.StepBytes >= LineBytes)
        {
            // An address past the end of a buffer is allowed: a prefetch never faults.
            byte* next = source + Math.Max(TProduct.StepBytes, DistanceBytes);
            for (int line = 0; line < TProduct.StepBytes; line += LineBytes)
            {
                Sse.Prefetch0(next + line);
            }
        }

        return TProduct.Load(source);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSum LoadSum(byte* target) => TProduct.LoadSum(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSum Add(TSum sum, TInput x, byte* c) => TProduct.Add(sum, x, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSum Add(TSum sum, TInput x, byte* c, TInput y, byte* d) => TProduct.Add(sum, x, c, y, d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TSum sum, byte* target) => TProduct.Store(sum, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNonTemporal(TSum sum, byte* target) => TProduct.StoreNonTemporal(sum, target);
}
