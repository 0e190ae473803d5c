using System.Numerics;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// A matrix compiled once and applied to whole buffers many times, without allocation: output i = sum over j of matrix[i, j] input j, at every byte.
/// Up to four outputs are computed in one pass over the inputs; rows of ones are exclusive ors; zeros cost nothing where they stand in blocks.
/// Outputs do not overlap inputs. Instances are immutable and may be used by many threads.
/// </summary>
/// <remarks>The work is entries x bytes: with 512-bit affine transforms one instruction does 64 bytes of one entry.</remarks>
public sealed partial class MatrixKernel
{
    private readonly CompiledMatrix _compiled;

    /// <summary>The matrix compiled for this machine: O(entries).</summary>
    public MatrixKernel(Matrix256 matrix)
        : this(Compile(matrix, BestPath))
    {
    }

    internal MatrixKernel(Matrix256 matrix, KernelPath path)
        : this(Compile(matrix, path))
    {
    }

    private MatrixKernel(CompiledMatrix compiled) => _compiled = compiled;

    /// <summary>Buffers read: the matrix's columns.</summary>
    public int Inputs => _compiled.Inputs;

    /// <summary>Buffers written: the matrix's rows.</summary>
    public int Outputs => _compiled.Outputs;

    /// <summary>Bytes of an element: lengths are multiples of it.</summary>
    public int ElementBytes => _compiled.ElementBytes;

    /// <summary>The instructions it was compiled for: the best that this machine has.</summary>
    public KernelPath Path => _compiled.Path;

    /// <summary>A matrix over any field, compiled for this machine: O(entries).</summary>
    public static MatrixKernel Of<TField, T>(int rows, int columns, Func<int, int, T> entry)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T> => Of<TField, T>(rows, columns, entry, BestPath);

    internal static MatrixKernel Of<TField, T>(int rows, int columns, Func<int, int, T> entry, KernelPath path)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(entry);
        return new MatrixKernel(new MatrixCompiler<TField, T>(rows, columns, entry, path).Compile());
    }

    /// <summary>
    /// A matrix of at most 256 rows and columns whose groups of four rows read all their inputs before they write, at every step: with up to four rows, outputs may
    /// be inputs. For short runs on pinned memory.
    /// </summary>
    internal static MatrixKernel InOnePass(Matrix256 matrix, KernelPath path) =>
        new(new MatrixCompiler<GaloisField256, byte>(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j], path, inOnePass: true).Compile());

    /// <summary>outputs = matrix inputs, for the bytes offset to offset + length of every buffer.</summary>
    /// <exception cref="ArgumentException">Not as many buffers as columns and rows, or no whole number of elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A buffer ends before offset + length.</exception>
    public void Apply(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, ReadOnlySpan<Memory<byte>> outputs, int offset, int length)
    {
        CheckCounts(inputs.Length, outputs.Length);
        Run(new MemoryBuffers(inputs, outputs, offset, length), length, accumulate: false);
    }

    /// <summary>outputs += matrix inputs, for the bytes offset to offset + length of every buffer.</summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{ReadOnlyMemory{byte}}, ReadOnlySpan{Memory{byte}}, int, int)"/>
    public void AddTo(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, ReadOnlySpan<Memory<byte>> outputs, int offset, int length)
    {
        CheckCounts(inputs.Length, outputs.Length);
        Run(new MemoryBuffers(inputs, outputs, offset, length), length, accumulate: true);
    }

    /// <summary>
    /// outputs = matrix inputs, where input j is the length bytes of the source from inputOffsets[j] and output i those of the target from
    /// outputOffsets[i]: sub-chunks. Source and target may be the same span; what is written must not overlap what is read.
    /// </summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{ReadOnlyMemory{byte}}, ReadOnlySpan{Memory{byte}}, int, int)"/>
    public void Apply(ReadOnlySpan<byte> source, ReadOnlySpan<int> inputOffsets, Span<byte> target, ReadOnlySpan<int> outputOffsets, int length)
    {
        CheckCounts(inputOffsets.Length, outputOffsets.Length);
        Run(new OffsetBuffers(source, inputOffsets, target, outputOffsets, length), length, accumulate: false);
    }

    /// <summary>outputs += matrix inputs, with buffers as offsets.</summary>
    /// <inheritdoc cref="Apply(ReadOnlySpan{byte}, ReadOnlySpan{int}, Span{byte}, ReadOnlySpan{int}, int)"/>
    public void AddTo(ReadOnlySpan<byte> source, ReadOnlySpan<int> inputOffsets, Span<byte> target, ReadOnlySpan<int> outputOffsets, int length)
    {
        CheckCounts(inputOffsets.Length, outputOffsets.Length);
        Run(new OffsetBuffers(source, inputOffsets, target, outputOffsets, length), length, accumulate: true);
    }

    private void CheckCounts(int inputs, int outputs)
    {
        if (inputs != Inputs || outputs != Outputs)
        {
            throw new ArgumentException($"a matrix of {Outputs} x {Inputs} takes {Inputs} inputs and {Outputs} outputs, not {inputs} and {outputs}");
        }
    }

    private static CompiledMatrix Compile(Matrix256 matrix, KernelPath path)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new MatrixCompiler<GaloisField256, byte>(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j], path).Compile();
    }
}
