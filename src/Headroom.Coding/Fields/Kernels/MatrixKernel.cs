namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// A matrix compiled once and applied to whole buffers many times, without allocation: output i = sum over j of matrix[i, j] input j, at every byte.
/// Up to four outputs are computed in one pass over the inputs; rows of ones are exclusive ors; zeros cost nothing where they stand in blocks.
/// Outputs do not overlap inputs. Instances are immutable and may be used by many threads.
/// </summary>
/// <remarks>The work is entries x bytes: with 512-bit affine transforms one instruction does 64 bytes of one entry.</remarks>
public sealed partial class MatrixKernel
{
    private readonly Panel[] _panels;
    private readonly byte[] _coefficients;

    public MatrixKernel(Matrix256 matrix)
        : this(matrix, BestPath)
    {
    }

    internal MatrixKernel(Matrix256 matrix, KernelPath path)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        (Inputs, Outputs, Path) = (matrix.Columns, matrix.Rows, path);
        var compiler = new MatrixCompiler(matrix, path);
        _panels = compiler.Panels();
        _coefficients = compiler.Coefficients();
    }

    /// <summary>Buffers read: the matrix's columns.</summary>
    public int Inputs { get; }

    /// <summary>Buffers written: the matrix's rows.</summary>
    public int Outputs { get; }

    /// <summary>The instructions it was compiled for: the best that this machine has.</summary>
    public KernelPath Path { get; }

    /// <summary>outputs = matrix inputs, for the bytes offset to offset + length of every buffer.</summary>
    /// <exception cref="ArgumentException">Not as many buffers as columns and rows.</exception>
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
}
