namespace Headroom.Coding.Fields.Kernels;

/// <summary>The same bytes, offset to offset + length, of every buffer.</summary>
internal readonly ref struct MemoryBuffers(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, ReadOnlySpan<Memory<byte>> outputs, int offset, int length) : IBuffers
{
    private readonly ReadOnlySpan<ReadOnlyMemory<byte>> _inputs = inputs;
    private readonly ReadOnlySpan<Memory<byte>> _outputs = outputs;

    public ReadOnlySpan<byte> Input(int index) => _inputs[index].Span.Slice(offset, length);

    public Span<byte> Output(int index) => _outputs[index].Span.Slice(offset, length);
}

/// <summary>Buffers as places in two spans, which may be the same one: sub-chunks of shards, rows of an array.</summary>
internal readonly ref struct OffsetBuffers(ReadOnlySpan<byte> source, ReadOnlySpan<int> inputOffsets, Span<byte> target, ReadOnlySpan<int> outputOffsets, int length) : IBuffers
{
    private readonly ReadOnlySpan<byte> _source = source;
    private readonly ReadOnlySpan<int> _inputOffsets = inputOffsets;
    private readonly Span<byte> _target = target;
    private readonly ReadOnlySpan<int> _outputOffsets = outputOffsets;

    public ReadOnlySpan<byte> Input(int index) => _source.Slice(_inputOffsets[index], length);

    public Span<byte> Output(int index) => _target.Slice(_outputOffsets[index], length);
}
