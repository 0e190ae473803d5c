using System.Buffers;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>
/// What decoding and repair of a Clay code share: planes taken in the order of their intersection score, in each the uncoupled sub-chunks of the nodes that are
/// there, from them those of the erased by the scalar code, and from these the coupled ones. All of it for a block of bytes of every sub-chunk at a time, such
/// that the blocks of all nodes and planes stay in the second-level cache.
/// </summary>
internal abstract class ClayWork : RepairWork
{
    private const int ScratchBytes = 1 << 21;
    private const int BlockBytesMin = 64;

    private readonly MatrixKernel _scalar;
    private readonly int[] _present;
    private readonly int[] _erased;
    private readonly bool[] _isErased;

    /// <param name="layout">The grid.</param>
    /// <param name="erased">Just m nodes whose uncoupled sub-chunks are computed by the scalar code.</param>
    protected ClayWork(ClayLayout layout, IReadOnlyList<int> erased)
    {
        Layout = layout;
        _erased = [.. erased.Order()];
        _present = [.. Enumerable.Range(0, layout.Nodes).Except(_erased)];
        _isErased = new bool[layout.Nodes];
        foreach (int node in _erased)
        {
            _isErased[node] = true;
        }

        int data = layout.DataShards + layout.Virtual;
        Matrix256 parity = ParityMatrices.Vandermonde(data, layout.ParityShards);
        var code = new Matrix256(layout.Nodes, data, (i, j) => i < data ? (i == j ? (byte)1 : (byte)0) : parity[i - data, j]);
        _scalar = code.Select(_present).TryInvert(out Matrix256? inverse)
            ? new MatrixKernel(code.Select(_erased).Multiply(inverse))
            : throw new InvalidOperationException("the scalar code of a Clay code lost its distance");
    }

    protected ClayLayout Layout { get; }

    /// <summary>Helpers forward what they read.</summary>
    public sealed override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) =>
        throw new InvalidOperationException("helpers of a Clay code forward what they read");

    public sealed override void Rebuild(IReadOnlyList<Memory<byte>> received, IReadOnlyList<Memory<byte>> rebuilt)
    {
        int part = rebuilt[0].Length;
        int places = Layout.Nodes * Layout.Planes;
        int block = Math.Min(part, Math.Max(BlockBytesMin, ScratchBytes / (2 * places) / BlockBytesMin * BlockBytesMin));
        byte[] rented = ArrayPool<byte>.Shared.Rent(2 * places * block);
        var scratch = new Scratch(rented, Layout, block);
        for (int node = Layout.DataShards; node < Layout.DataShards + Layout.Virtual; node++)
        {
            rented.AsSpan(scratch.Coupled(node, 0), Layout.Planes * block).Clear();
        }

        for (int start = 0; start < part; start += block)
        {
            scratch.Length = Math.Min(block, part - start);
            Fill(scratch, received, start);
            RunBlock(scratch);
            Empty(scratch, rebuilt, start);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Puts what was received, from that byte on, into the coupled places.</summary>
    protected abstract void Fill(Scratch scratch, IReadOnlyList<Memory<byte>> received, int start);

    protected abstract void RunBlock(Scratch scratch);

    protected abstract void Empty(Scratch scratch, IReadOnlyList<Memory<byte>> rebuilt, int start);

    protected bool IsErased(int node) => _isErased[node];

    /// <summary>The uncoupled sub-chunks of the erased nodes in one plane, from those of all others.</summary>
    protected void DecodePlane(Scratch scratch, int plane)
    {
        Span<int> inputs = stackalloc int[_present.Length];
        Span<int> outputs = stackalloc int[_erased.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = scratch.Uncoupled(_present[i], plane);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = scratch.Uncoupled(_erased[i], plane);
        }

        scratch.Apply(_scalar, inputs, outputs);
    }

    /// <summary>The blocks of all nodes and planes: coupled, then uncoupled. In a dot, where a node meets its own digit, the two are the same and lie together.</summary>
    protected sealed class Scratch(byte[] bytes, ClayLayout layout, int block)
    {
        public int Length { get; set; }

        public int Coupled(int node, int plane) => ((node * layout.Planes) + plane) * block;

        public int Uncoupled(int node, int plane) =>
            Coupled(layout.Digit(plane, node / layout.Width) == node % layout.Width ? node : node + layout.Nodes, plane);

        public Span<byte> At(int place) => bytes.AsSpan(place, Length);

        public void Apply(MatrixKernel kernel, ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs) => kernel.Apply(bytes, inputs, bytes, outputs, Length);
    }
}
