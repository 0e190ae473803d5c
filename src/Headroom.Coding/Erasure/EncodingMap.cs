using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>Encoding by the generator: which sub-chunks are computed, and from what.</summary>
internal sealed class EncodingMap
{
    private readonly int _subshards;
    private readonly int[] _inputs;
    private readonly int[] _outputs;
    private readonly Matrix256 _matrix;
    private readonly Dictionary<int, int> _columns;

    public EncodingMap(ErasureCode code)
    {
        _subshards = code.Subshards;
        _inputs = [.. code.Data.Select(place => (place.Shard * _subshards) + place.Index)];
        _outputs = [.. Enumerable.Range(0, code.TotalShards * _subshards).Except(_inputs)];
        _matrix = code.Generator.Select(_outputs);
        _columns = _inputs.Index().ToDictionary(input => input.Item, input => input.Index);
    }

    public void Apply(IReadOnlyList<Memory<byte>> shards)
    {
        int part = shards[0].Length / _subshards;
        IReadOnlyList<Memory<byte>> parts = _subshards == 1 ? shards
            : [.. Enumerable.Range(0, shards.Count * _subshards).Select(i => shards[i / _subshards].Slice(i % _subshards * part, part))];
        LinearMap.Apply(_matrix, _inputs, _outputs, parts);
    }

    /// <summary>What depends on a range of one shard, with the coefficient by which each byte of it does. The ranges of the source are of single sub-chunks.</summary>
    /// <exception cref="ArgumentException">The range is not all data.</exception>
    public IEnumerable<(int Source, int Shard, int Offset, int Length, byte Coefficient)> Dependents(int shard, int offset, int length, int shardBytes)
    {
        int part = shardBytes / _subshards;
        for (int start = offset; start < offset + length;)
        {
            int index = start / part;
            int size = Math.Min(offset + length, (index + 1) * part) - start;
            if (!_columns.TryGetValue((shard * _subshards) + index, out int column))
            {
                throw new ArgumentException($"byte {start} of shard {shard} is not data");
            }

            for (int i = 0; i < _outputs.Length; i++)
            {
                if (_matrix[i, column] != 0)
                {
                    yield return (start, _outputs[i] / _subshards, (_outputs[i] % _subshards * part) + (start % part), size, _matrix[i, column]);
                }
            }

            start += size;
        }
    }
}
