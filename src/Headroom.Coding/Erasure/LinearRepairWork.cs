using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure;

/// <summary>A repair by matrices: one per helper that combines (null where it forwards), and one from everything received to everything lost.</summary>
internal sealed class LinearRepairWork(IReadOnlyList<Matrix256?> messages, Matrix256 combination) : RepairWork
{
    private readonly Lazy<MatrixKernel?[]> _messages = new(() => [.. messages.Select(matrix => matrix is null ? null : new MatrixKernel(matrix))]);
    private readonly Lazy<MatrixKernel> _combination = new(() => new MatrixKernel(combination));

    public override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) => Apply(_messages.Value[helper]!, reads, message);

    public override void Rebuild(IReadOnlyList<Memory<byte>> received, IReadOnlyList<Memory<byte>> rebuilt) => Apply(_combination.Value, received, rebuilt);

    private static void Apply(MatrixKernel kernel, IReadOnlyList<Memory<byte>> inputs, IReadOnlyList<Memory<byte>> outputs)
    {
        int[] numbers = [.. Enumerable.Range(0, inputs.Count + outputs.Count)];
        LinearMap.Apply(kernel, numbers[..inputs.Count], numbers[inputs.Count..], (Memory<byte>[])[.. inputs, .. outputs]);
    }
}
