using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Erasure;

/// <summary>Encoding by the generator: which sub-chunks are computed, and from what.</summary>
internal sealed class EncodingMap
{
    private readonly int _subshards;
    private readonly int[] _inputs;
    private readonly int[] _outputs;
    private readonly MatrixKernel _kernel;

    /// <summary>The data are the first shards, whole.</summary>
    private readonly bool _isInOrder;

    public EncodingMap(ErasureCode code)
    {
        _subshards = code.Subshards;
        _inputs = [.. code.Data.Select(place => (place.Shard * _subshards) + place.Index)];
        _outputs = [.. Enumerable.Range(0, code.TotalShards * _subshards).Except(_inputs)];
        _isInOrder = _subshards == 1 && _inputs.Index().All(input => input.Item == input.Index);
        _kernel = new MatrixKernel(code.Generator.Select(_outputs));
    }

    public void Apply(IReadOnlyList<Memory<byte>> shards)
    {
        int part = shards[0].Length / _subshards;
        if (_isInOrder)
        {
            _kernel.Run(new WholeBuffers(LinearMap.AsSpan(shards), part), part, accumulate: false);
            return;
        }

        IReadOnlyList<Memory<byte>> parts = _subshards == 1 ? shards
            : [.. Enumerable.Range(0, shards.Count * _subshards).Select(i => shards[i / _subshards].Slice(i % _subshards * part, part))];
        LinearMap.Apply(_kernel, _inputs, _outputs, LinearMap.AsSpan(parts), 0, part);
    }
}
