namespace Headroom.Coding.Fields.Kernels;

/// <summary>The same bytes, offset to offset + length, of every buffer.</summary>
internal readonly ref struct MemoryBuffers(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, ReadOnlySpan<Memory<byte>> outputs, int offset, int length) : IBuffers
{
    private readonly ReadOnlySpan<ReadOnlyMemory<byte>> _inputs = inputs;
    private readonly ReadOnlySpan<Memory<byte>> _outputs = outputs;

    public ReadOnlySpan<byte> At(int index) => (index < _inputs.Length ? _inputs[index].Span : _outputs[index - _inputs.Length].Span).Slice(offset, length);
}

/// <summary>Buffers as places in two spans, which may be the same one: sub-chunks of shards, rows of an array.</summary>
internal readonly ref struct OffsetBuffers(ReadOnlySpan<byte> source, ReadOnlySpan<int> inputOffsets, Span<byte> target, ReadOnlySpan<int> outputOffsets, int length) : IBuffers
{
    private readonly ReadOnlySpan<byte> _source = source;
    private readonly ReadOnlySpan<int> _inputOffsets = inputOffsets;
    private readonly ReadOnlySpan<byte> _target = target;
    private readonly ReadOnlySpan<int> _outputOffsets = outputOffsets;

    public ReadOnlySpan<byte> At(int index) =>
        index < _inputOffsets.Length ? _source.Slice(_inputOffsets[index], length) : _target.Slice(_outputOffsets[index - _inputOffsets.Length], length);
}

/// <summary>Whole memories, in the order of the matrix.</summary>
internal readonly ref struct WholeBuffers(ReadOnlySpan<Memory<byte>> memories, int length) : IBuffers
{
    private readonly ReadOnlySpan<Memory<byte>> _memories = memories;

    public ReadOnlySpan<byte> At(int index) => _memories[index].Span[..length];
}

/// <summary>Whole memories, chosen by number.</summary>
internal readonly ref struct ChosenBuffers(ReadOnlySpan<Memory<byte>> memories, ReadOnlySpan<int> numbers, int length) : IBuffers
{
    private readonly ReadOnlySpan<Memory<byte>> _memories = memories;
    private readonly ReadOnlySpan<int> _numbers = numbers;

    public ReadOnlySpan<byte> At(int index) => _memories[_numbers[index]].Span[..length];
}

/// <summary>Those of them that a panel takes.</summary>
internal readonly ref struct PanelBuffers<TBuffers>(TBuffers buffers, int inputs, Panel panel) : IBuffers
    where TBuffers : IBuffers, allows ref struct
{
    private readonly TBuffers _buffers = buffers;

    public ReadOnlySpan<byte> At(int index) =>
        _buffers.At(index < panel.Inputs ? panel.FirstInput + index : inputs + panel.FirstOutput + index - panel.Inputs);
}
