using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure.Clay;

/// <summary>A block of bytes of every sub-chunk: rows of planes, those of one row together. First the coupled rows of all nodes, then the uncoupled, then others.</summary>
internal sealed class ClayScratch(byte[] bytes, int nodes, int planes, int block)
{
    /// <summary>How many bytes of each block are meant; the rest is computed too and left there.</summary>
    public int Length { get; set; }

    public int Coupled(int node, int plane) => ((node * planes) + plane) * block;

    public int Uncoupled(int node, int plane) => Coupled(nodes + node, plane);

    public int Other(int row, int plane) => Coupled((2 * nodes) + row, plane);

    public Span<byte> At(int place) => bytes.AsSpan(place, Length);

    public void Clear(int place, int count) => bytes.AsSpan(place, count * block).Clear();

    public void Copy(int from, int to, int count) => bytes.AsSpan(from, count * block).CopyTo(bytes.AsSpan(to));

    public void Apply(MatrixKernel kernel, ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs, int count) => kernel.Apply(bytes, inputs, bytes, outputs, count * block);
}
