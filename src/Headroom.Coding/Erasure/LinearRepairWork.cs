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

    public override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) => Apply(_messages.Value[helper]!, reads, message);

    public override void Rebuild(ReadOnlySpan<HeldSubshards> received, ReadOnlySpan<Memory<byte>> rebuilt, int part)
    {
        var inputs = new List<Memory<byte>>();
        foreach (HeldSubshards held in received)
        {
            inputs.AddRange(Enumerable.Range(0, held.Count).Select(i => held.Part(i, part)));
        }

        var outputs = new List<Memory<byte>>();
        foreach (Memory<byte> shard in rebuilt)
        {
            outputs.AddRange(Enumerable.Range(0, part == 0 ? 0 : shard.Length / part).Select(i => shard.Slice(i * part, part)));
        }

        Apply(_combination.Value, inputs, outputs);
    }

    /// <summary>The same on whole shards chosen by number, where all helpers forward one sub-chunk each.</summary>
    public void Rebuild(IReadOnlyList<int> read, IReadOnlyList<int> lost, IReadOnlyList<Memory<byte>> shards) =>
        LinearMap.Apply(_combination.Value, read, lost, shards, 0, shards[lost[0]].Length);

    private static void Apply(MatrixKernel kernel, IReadOnlyList<Memory<byte>> inputs, IReadOnlyList<Memory<byte>> outputs)
    {
        int[] numbers = [.. Enumerable.Range(0, inputs.Count + outputs.Count)];
        LinearMap.Apply(kernel, numbers.AsSpan(0, inputs.Count), numbers.AsSpan(inputs.Count), (Memory<byte>[])[.. inputs, .. outputs], 0, outputs[0].Length);
    }
}
