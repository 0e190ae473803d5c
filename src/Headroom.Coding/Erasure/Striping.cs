namespace Headroom.Coding.Erasure;

/// <summary>Between content and shards: the content in order over the places of data, what is left of them filled with zeros.</summary>
public static class Striping
{
    /// <summary>
    /// The length of a shard that holds so much content: alpha sub-chunks of ceil(bytes/B) bytes, rounded up to the alignment of a sub-chunk (Ceph's plugins
    /// align to 32). At least one unit, so that empty content has shards too.
    /// </summary>
    /// <exception cref="OverflowException">More than fits a shard in memory.</exception>
    public static int ShardBytes(ErasureCode code, long contentBytes, int alignment = 1)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegative(contentBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(alignment, 1);
        long exact = (contentBytes / code.DataSubshards) + (contentBytes % code.DataSubshards == 0 ? 0 : 1);
        long units = Math.Max(1, (exact / alignment) + (exact % alignment == 0 ? 0 : 1));
        return checked((int)(units * alignment * code.Subshards));
    }

    /// <summary>The bytes of data that n shards of this length hold: B/alpha times the length.</summary>
    public static long ContentBytesMax(ErasureCode code, int shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        return (long)shardBytes / code.Subshards * code.DataSubshards;
    }

    /// <summary>All n shards of the content, encoded.</summary>
    public static Memory<byte>[] Encode(ErasureCode code, ReadOnlySpan<byte> content, int alignment = 1)
    {
        int size = ShardBytes(code, content.Length, alignment);
        var shards = new Memory<byte>[code.TotalShards];
        for (int i = 0; i < shards.Length; i++)
        {
            shards[i] = new byte[size];
        }

        Spread(code, content, shards);
        code.Encode(shards);
        return shards;
    }

    /// <summary>Puts the content into the places of data and zeros behind it; the other places are not touched.</summary>
    /// <exception cref="ArgumentException">Shards that are not the code's, or do not hold the content.</exception>
    public static void Spread(ErasureCode code, ReadOnlySpan<byte> content, IReadOnlyList<Memory<byte>> shards)
    {
        ArgumentNullException.ThrowIfNull(code);
        code.CheckShards(shards);
        int start = 0;
        foreach ((int shard, int offset, int length) in Runs(code, shards[0].Length))
        {
            Span<byte> place = shards[shard].Span.Slice(offset, length);
            int taken = Math.Min(length, content.Length - start);
            content.Slice(start, taken).CopyTo(place);
            place[taken..].Clear();
            start += taken;
        }

        if (start < content.Length)
        {
            throw new ArgumentException($"{code.TotalShards} shards of {shards[0].Length} bytes hold {start} bytes of {code}, not {content.Length}", nameof(shards));
        }
    }

    /// <summary>The first so many bytes of the places of data; shards without any are not looked at, but their length.</summary>
    public static byte[] Join(ErasureCode code, IReadOnlyList<Memory<byte>> shards, int contentBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        code.CheckShards(shards);
        ArgumentOutOfRangeException.ThrowIfNegative(contentBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contentBytes, ContentBytesMax(code, shards[0].Length));
        byte[] content = new byte[contentBytes];
        int start = 0;
        foreach ((int shard, int offset, int length) in Runs(code, shards[0].Length))
        {
            int taken = Math.Min(length, contentBytes - start);
            shards[shard].Span.Slice(offset, taken).CopyTo(content.AsSpan(start));
            start += taken;
        }

        return content;
    }

    /// <summary>Where the content stands, in its order: ranges of shards, neighbouring sub-chunks of a shard joined.</summary>
    public static IEnumerable<(int Shard, int Offset, int Length)> Runs(ErasureCode code, int shardBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfNegative(shardBytes);
        int part = shardBytes / code.Subshards;
        for (int first = 0; first < code.Data.Count;)
        {
            int next = first + 1;
            while (next < code.Data.Count && code.Data[next] == new Subshard(code.Data[next - 1].Shard, code.Data[next - 1].Index + 1))
            {
                next++;
            }

            yield return (code.Data[first].Shard, code.Data[first].Index * part, (next - first) * part);
            first = next;
        }
    }
}
