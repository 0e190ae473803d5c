using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

public abstract partial class ErasureCode
{
    /// <summary>
    /// After a write in place: adds to everything that depends on the range what its change makes, coefficient times (before + after). Only what depends on it
    /// is touched; shards without any may be empty, the written one too. O(length) multiply-adds for each dependent sub-chunk, m of them for Reed-Solomon.
    /// </summary>
    /// <param name="shards">n memories; the parities hold the encoding of the bytes before, and afterwards that of the bytes after.</param>
    /// <param name="shard">The shard that was written.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="before">What stood there.</param>
    /// <param name="after">What stands there now, as many bytes.</param>
    /// <param name="shardBytes">The length of a shard.</param>
    /// <exception cref="ArgumentException">A range that is not all data, memories of other lengths, or as many bytes before as after are not given.</exception>
    public void UpdateParities(IReadOnlyList<Memory<byte>> shards, int shard, int offset, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int shardBytes)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count != TotalShards)
        {
            throw new ArgumentException($"{Name} has {TotalShards} shards, not {shards.Count}", nameof(shards));
        }

        if (before.Length != after.Length)
        {
            throw new ArgumentException($"{before.Length} bytes before and {after.Length} after; a write in place has as many", nameof(after));
        }

        CheckRange(shard, offset, before.Length, shardBytes);
        byte[] change = before.ToArray();
        GaloisField256.MultiplyAdd(1, after, change);
        Dependent[] dependents = [.. Dependents(shard, offset, change.Length, shardBytes)];
        foreach (Dependent at in dependents)
        {
            if (shards[at.Shard].Length != shardBytes)
            {
                throw new ArgumentException($"shard {at.Shard} has {shards[at.Shard].Length} bytes, not {shardBytes}", nameof(shards));
            }
        }

        foreach (Dependent at in dependents)
        {
            GaloisField256.MultiplyAdd(at.Coefficient, change.AsSpan(at.Source - offset, at.Length), shards[at.Shard].Span.Slice(at.Offset, at.Length));
        }
    }

    /// <summary>The ranges of other shards that a write of this range changes: what to read from disk before an update, and to write after it.</summary>
    /// <exception cref="ArgumentException">A range that is not all data.</exception>
    public IReadOnlyList<(int Shard, int Offset, int Length)> DependentRanges(int shard, int offset, int length, int shardBytes)
    {
        CheckRange(shard, offset, length, shardBytes);
        return [.. Dependents(shard, offset, length, shardBytes).Select(at => (at.Shard, at.Offset, at.Length)).Distinct().Order()];
    }

    /// <summary>What depends on a range of one shard, and the coefficient by which it does; each for one sub-chunk of the range.</summary>
    private IEnumerable<Dependent> Dependents(int shard, int offset, int length, int shardBytes)
    {
        int part = shardBytes / Subshards;
        for (int start = offset; start < offset + length;)
        {
            int index = start / part;
            int size = Math.Min(offset + length, (index + 1) * part) - start;
            if (!_columns.Value.TryGetValue(new Subshard(shard, index), out int column))
            {
                throw new ArgumentException($"byte {start} of shard {shard} is not data");
            }

            byte[] coefficients = GeneratorColumn(column);
            for (int row = 0; row < coefficients.Length; row++)
            {
                if (coefficients[row] != 0 && !_columns.Value.ContainsKey(new Subshard(row / Subshards, row % Subshards)))
                {
                    yield return new Dependent(start, row / Subshards, (row % Subshards * part) + (start % part), size, coefficients[row]);
                }
            }

            start += size;
        }
    }

    private void CheckRange(int shard, int offset, int length, int shardBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, TotalShards);
        if (shardBytes < 0 || shardBytes % Subshards != 0)
        {
            throw new ArgumentException($"a shard of {shardBytes} bytes does not divide into {Subshards} equal parts", nameof(shardBytes));
        }

        if (offset < 0 || length < 0 || offset > shardBytes - length)
        {
            throw new ArgumentException($"bytes {offset} to {(long)offset + length} of shard {shard}, which has {shardBytes}", nameof(offset));
        }
    }

    private readonly record struct Dependent(int Source, int Shard, int Offset, int Length, byte Coefficient);
}
