using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Fields;

/// <summary>Single operations on buffers of a field's elements. What is done again and again with the same coefficients is a <see cref="MatrixKernel"/>.</summary>
[SuppressMessage("Design", "CA1000", Justification = "The field is the operation's subject.")]
public static class Buffers<TField, T>
    where TField : struct, IGaloisField<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    /// <summary>Shorter buffers cost less element by element than a coefficient costs to compile.</summary>
    private const int KernelBytesMin = 48;

    /// <summary>target += coefficient source, element by element. Source and target are the same memory or do not overlap.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unequal lengths.</exception>
    /// <exception cref="ArgumentException">Not a whole number of elements.</exception>
    public static void MultiplyAdd(T coefficient, ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Length);
        if (TField.Bits > 8 && source.Length % (TField.Bits / 8) != 0)
        {
            throw new ArgumentException($"{source.Length} bytes are no whole number of elements of {TField.Bits} bits", nameof(source));
        }

        if (T.IsZero(coefficient))
        {
            return;
        }

        if (source.Length >= KernelBytesMin)
        {
            MatrixKernel.MultiplyAdd<TField, T>(coefficient, source, target);
        }
        else if (coefficient == T.One)
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] ^= source[i];
            }
        }
        else
        {
            MultiplyAddByElements(coefficient, MemoryMarshal.Cast<byte, T>(source), MemoryMarshal.Cast<byte, T>(target));
        }
    }

    /// <summary>target = sum of coefficients[j] sources[j], element by element: a matrix of one row.</summary>
    /// <inheritdoc cref="MatrixKernel.Apply(ReadOnlySpan{ReadOnlyMemory{byte}}, ReadOnlySpan{Memory{byte}}, int, int)"/>
    public static void DotProduct(ReadOnlySpan<T> coefficients, ReadOnlySpan<ReadOnlyMemory<byte>> sources, Memory<byte> target)
    {
        T[] row = coefficients.ToArray();
        MatrixKernel.Of<TField, T>(1, row.Length, (_, j) => row[j]).Apply(sources, [target], 0, target.Length);
    }

    private static void MultiplyAddByElements(T coefficient, ReadOnlySpan<T> source, Span<T> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] ^= TField.Multiply(coefficient, source[i]);
        }
    }
}
