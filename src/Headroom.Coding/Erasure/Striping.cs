namespace Headroom.Coding.Erasure;

/// <summary>Between content and shards: the content in order over the data shards, the last padded with zeros.</summary>
public static class Striping
{
    /// <summary>ceil(bytes/k) rounded up to the alignment; Ceph's ISA plugin aligns to 32. At least one unit, so that empty content has shards too.</summary>
    public static int ShardBytes(long contentBytes, int dataShards, int alignment = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contentBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(dataShards, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(alignment, 1);
        long exact = (contentBytes + dataShards - 1) / dataShards;
        return checked((int)(Math.Max(1, (exact + alignment - 1) / alignment) * alignment));
    }

    /// <summary>All n shards of the content, encoded.</summary>
    public static Memory<byte>[] Encode(ErasureCode code, ReadOnlySpan<byte> content, int alignment = 1)
    {
        ArgumentNullException.ThrowIfNull(code);
        int size = ShardBytes(content.Length, code.DataShards, alignment);
        var shards = new Memory<byte>[code.TotalShards];
        for (int i = 0; i < shards.Length; i++)
        {
            shards[i] = new byte[size];
            int start = (int)Math.Min((long)i * size, content.Length);
            int length = i < code.DataShards ? Math.Min(size, content.Length - start) : 0;
            content.Slice(start, length).CopyTo(shards[i].Span);
        }

        code.Encode(shards);
        return shards;
    }

    /// <summary>The first so many bytes of the data shards.</summary>
    public static byte[] Join(ErasureCode code, IReadOnlyList<Memory<byte>> shards, int contentBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        code.CheckShards(shards);
        ArgumentOutOfRangeException.ThrowIfNegative(contentBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contentBytes, (long)shards[0].Length * code.DataShards);
        byte[] content = new byte[contentBytes];
        for (int i = 0, start = 0; start < contentBytes; i++, start += shards[0].Length)
        {
            shards[i].Span[..Math.Min(shards[0].Length, contentBytes - start)].CopyTo(content.AsSpan(start));
        }

        return content;
    }
}
