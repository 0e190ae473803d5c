using System.Runtime.InteropServices;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure;

/// <summary>outputs = matrix inputs, over whole shards chosen by number. A matrix is compiled when it is first applied, and keeps its <see cref="MatrixKernel"/>.</summary>
internal static class LinearMap
{
    public static void Apply(Matrix256 matrix, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, IReadOnlyList<Memory<byte>> shards) =>
        Apply(matrix.Kernel, inputs, outputs, shards);

    public static void Apply(MatrixKernel kernel, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, IReadOnlyList<Memory<byte>> shards) =>
        Apply(kernel, inputs, outputs, shards, 0, shards.Count == 0 ? 0 : shards[0].Length);

    /// <summary>The same for the bytes offset to offset + length of every shard.</summary>
    public static void Apply(MatrixKernel kernel, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, IReadOnlyList<Memory<byte>> shards, int offset, int length) =>
        kernel.Run(new ShardBuffers(AsSpan(inputs), AsSpan(outputs), AsSpan(shards), offset, length), length, accumulate: false);

    private static ReadOnlySpan<T> AsSpan<T>(IReadOnlyList<T> list) => list switch
    {
        T[] array => array,
        List<T> grown => CollectionsMarshal.AsSpan(grown),
        _ => list.ToArray(),
    };

    private readonly ref struct ShardBuffers(ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs, ReadOnlySpan<Memory<byte>> shards, int offset, int length) : IBuffers
    {
        private readonly ReadOnlySpan<int> _inputs = inputs;
        private readonly ReadOnlySpan<int> _outputs = outputs;
        private readonly ReadOnlySpan<Memory<byte>> _shards = shards;

        public ReadOnlySpan<byte> Input(int index) => _shards[_inputs[index]].Span.Slice(offset, length);

        public Span<byte> Output(int index) => _shards[_outputs[index]].Span.Slice(offset, length);
    }
}
