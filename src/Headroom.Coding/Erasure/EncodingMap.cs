using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure;

/// <summary>Encoding by the generator: which sub-chunks are computed, and from what.</summary>
internal sealed class EncodingMap
{
    private readonly int _subshards;

    /// <summary>The sub-chunks of data, then the others.</summary>
    private readonly int[] _taking;
    private readonly MatrixKernel _kernel;

    /// <summary>The data are the first shards, whole.</summary>
    private readonly bool _isInOrder;

    public EncodingMap(ErasureCode code)
    {
        _subshards = code.Subshards;
        int[] inputs = [.. code.Data.Select(place => (place.Shard * _subshards) + place.Index)];
        int[] outputs = [.. Enumerable.Range(0, code.TotalShards * _subshards).Except(inputs)];
        _taking = [.. inputs, .. outputs];
        _isInOrder = _subshards == 1 && _taking.Index().All(number => number.Item == number.Index);
        _kernel = new MatrixKernel(code.Generator.Select(outputs));
    }

    public void Apply(IReadOnlyList<Memory<byte>> shards)
    {
        ReadOnlySpan<Memory<byte>> memories = ListSpan.Of(shards);
        int part = memories[0].Length / _subshards;
        if (_isInOrder)
        {
            _kernel.Run(new WholeBuffers(memories, part), part, accumulate: false);
            return;
        }

        _kernel.Run(new ChosenBuffers(_subshards == 1 ? memories : Parts(shards, part), _taking, part), part, accumulate: false);
    }

    private Memory<byte>[] Parts(IReadOnlyList<Memory<byte>> shards, int part) =>
        [.. Enumerable.Range(0, shards.Count * _subshards).Select(i => shards[i / _subshards].Slice(i % _subshards * part, part))];
}
