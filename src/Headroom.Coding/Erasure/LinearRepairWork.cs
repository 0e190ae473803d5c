using System.Runtime.InteropServices;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure;

/// <summary>A repair by matrices: one per helper that combines (null where it forwards), and one from everything received to everything lost.</summary>
internal sealed class LinearRepairWork(IReadOnlyList<Matrix256?> messages, Matrix256 combination) : RepairWork
{
    private readonly Lazy<MatrixKernel?[]> _messages = new(() => [.. messages.Select(matrix => matrix is null ? null : new MatrixKernel(matrix))]);
    private readonly Lazy<MatrixKernel> _combination = new(() => new MatrixKernel(combination));

    /// <summary>No helper combines: what is received is what was read.</summary>
    public bool AllForward { get; } = messages.All(matrix => matrix is null);

    public override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) => Apply(_messages.Value[helper]!, [.. reads, .. message]);

    public override void Rebuild(ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt, int part)
    {
        var all = new List<Memory<byte>>();
        foreach (HeldSubshards held in received)
        {
            all.AddRange(Enumerable.Range(0, held.Count).Select(i => held.Part(i, part)));
        }

        int subshards = combination.Rows / rebuilt.Length;
        foreach (Memory<byte> shard in rebuilt)
        {
            all.AddRange(Enumerable.Range(0, subshards).Select(i => shard.Slice(i * part, part)));
        }

        Apply(_combination.Value, CollectionsMarshal.AsSpan(all));
    }

    /// <summary>The same on whole shards, where all helpers forward one sub-chunk each.</summary>
    /// <param name="taking">The shards that are read, then those that are lost.</param>
    /// <param name="shards">All of them.</param>
    /// <param name="length">Bytes of those that take part.</param>
    public void Rebuild(ReadOnlySpan<int> taking, ReadOnlySpan<Memory<byte>> shards, int length) =>
        _combination.Value.Run(new ChosenBuffers(shards, taking, length), length, accumulate: false);

    private static void Apply(MatrixKernel kernel, ReadOnlySpan<Memory<byte>> memories) =>
        kernel.Run(new WholeBuffers(memories, memories[^1].Length), memories[^1].Length, accumulate: false);
}
