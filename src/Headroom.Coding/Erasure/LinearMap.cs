using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>outputs = matrix inputs, over whole shards, in blocks that stay in the first-level cache.</summary>
internal static class LinearMap
{
    private const int BlockBytes = 8192;

    public static void Apply(Matrix256 matrix, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, IReadOnlyList<Memory<byte>> shards)
    {
        int length = shards.Count == 0 ? 0 : shards[0].Length;
        for (int start = 0; start < length; start += BlockBytes)
        {
            int size = Math.Min(BlockBytes, length - start);
            for (int i = 0; i < outputs.Count; i++)
            {
                Span<byte> output = shards[outputs[i]].Span.Slice(start, size);
                output.Clear();
                for (int j = 0; j < inputs.Count; j++)
                {
                    GaloisField256.MultiplyAdd(matrix[i, j], shards[inputs[j]].Span.Slice(start, size), output);
                }
            }
        }
    }
}
