using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>A repair by matrices: one per helper that combines (null where it forwards), and one from everything received to everything lost.</summary>
internal sealed class LinearRepairWork(IReadOnlyList<Matrix256?> messages, Matrix256 combination) : RepairWork
{
    public override void Message(int helper, IReadOnlyList<Memory<byte>> reads, IReadOnlyList<Memory<byte>> message) => Apply(messages[helper]!, reads, message);

    public override void Rebuild(IReadOnlyList<Memory<byte>> received, IReadOnlyList<Memory<byte>> rebuilt) => Apply(combination, received, rebuilt);

    private static void Apply(Matrix256 matrix, IReadOnlyList<Memory<byte>> inputs, IReadOnlyList<Memory<byte>> outputs) =>
        LinearMap.Apply(matrix, [.. Enumerable.Range(0, inputs.Count)], [.. Enumerable.Range(inputs.Count, outputs.Count)], [.. inputs, .. outputs]);
}
