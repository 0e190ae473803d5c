using System.Runtime.InteropServices;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure;

/// <summary>outputs = matrix inputs, over whole shards chosen by number.</summary>
internal static class LinearMap
{
    /// <summary>For the bytes offset to offset + length of every shard that takes part.</summary>
    public static void Apply(MatrixKernel kernel, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, IReadOnlyList<Memory<byte>> shards, int offset, int length) =>
        Apply(kernel, AsSpan(inputs), AsSpan(outputs), AsSpan(shards), offset, length);

    public static void Apply(MatrixKernel kernel, ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs, ReadOnlySpan<Memory<byte>> shards, int offset, int length) =>
        kernel.Run(new ChosenBuffers(shards, inputs, outputs, offset, length), length, accumulate: false);

    /// <summary>Arrays and lists as they are; anything else copied.</summary>
    internal static ReadOnlySpan<T> AsSpan<T>(IReadOnlyList<T> list) => list switch
    {
        T[] array => array,
        List<T> grown => CollectionsMarshal.AsSpan(grown),
        _ => list.ToArray(),
    };
}
