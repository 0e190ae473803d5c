using System.Numerics;
using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>One coefficient, compiled on the stack.</summary>
public sealed unsafe partial class MatrixKernel
{
    private static readonly Panel SingleProduct = new(0, 1, 0, 1, [new RowGroup([0], [0], Adds: false, IsSum: false, 0)], IsSummedInParts: false);
    private static readonly Panel SingleSum = new(0, 1, 0, 1, [new RowGroup([0], [0], Adds: false, IsSum: true, 0)], IsSummedInParts: false);

    /// <summary>target += coefficient source. The same memory, or apart.</summary>
    [SkipLocalsInit]
    internal static void MultiplyAdd<TField, T>(T coefficient, ReadOnlySpan<byte> source, Span<byte> target)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        bool isSum = coefficient == T.One;
        Span<byte> compiled = stackalloc byte[Coefficient.BytesMax];
        if (!isSum)
        {
            Coefficient.Compile<TField, T>(coefficient, BestPath, compiled);
        }

        fixed (byte* from = source, to = target, c = compiled)
        {
            byte* sources = from;
            byte* targets = to;
            Dispatch(isSum ? SingleSum : SingleProduct, BestPath, Math.Max(1, TField.Bits / 8), c, &sources, &targets, source.Length, accumulate: true);
        }
    }
}
