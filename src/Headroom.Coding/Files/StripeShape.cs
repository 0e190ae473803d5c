using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>
/// How content is cut for a code: stripes of <see cref="ContentBytes"/> bytes, each encoded by itself into one block per shard. The last stripe is the one that the
/// content does not fill; it may be empty, and its blocks are as short as what is left allows.
/// </summary>
public sealed class StripeShape
{
    /// <summary>The lengths of sub-chunks are multiples of this, whichever word a code computes with.</summary>
    private const int PartAlignment = 8;

    /// <summary>What the buffers of three stripes may take.</summary>
    private const long BufferBytesMax = 3L << 26;

    /// <param name="code">The code.</param>
    /// <param name="blockBytes">The bytes of a shard in a stripe; rounded up to a multiple of eight bytes per sub-chunk.</param>
    /// <exception cref="ShardException">Blocks whose stripe takes more than 64 MiB, or below one byte.</exception>
    public StripeShape(ErasureCode code, int blockBytes)
    {
        ArgumentNullException.ThrowIfNull(code);
        Code = code;
        long unit = (long)PartAlignment * code.Subshards;
        long rounded = (blockBytes + unit - 1) / unit * unit;
        if (blockBytes < 1 || 3 * rounded * code.TotalShards > BufferBytesMax)
        {
            throw new ShardException($"blocks of {blockBytes} bytes: {code} takes 1 to {BufferBytesMax / 3 / code.TotalShards / unit * unit}");
        }

        BlockBytes = (int)rounded;
    }

    public ErasureCode Code { get; }

    public int Subshards => Code.Subshards;

    /// <summary>The bytes of a shard in a whole stripe.</summary>
    public int BlockBytes { get; }

    /// <summary>The bytes of content in a whole stripe.</summary>
    public int ContentBytes => (int)Striping.ContentBytesMax(Code, BlockBytes);

    internal int HeadBytes => BlockHead.Bytes(Subshards);

    /// <summary>From one block in a shard's file to the next.</summary>
    internal long StrideBytes => HeadBytes + (long)BlockBytes;

    /// <summary>The bytes of a shard in the last stripe.</summary>
    internal int LastShardBytes(int contentBytes) => contentBytes == 0 ? 0 : Striping.ShardBytes(Code, contentBytes, PartAlignment);

    internal long OffsetOf(long stripe) => ShardHeader.Bytes + (stripe * StrideBytes);

    /// <summary>A mebibyte, less for codes of many shards.</summary>
    public static int DefaultBlockBytes(ErasureCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        long unit = (long)PartAlignment * code.Subshards;
        return (int)Math.Max(unit, Math.Min(1 << 20, BufferBytesMax / 6 / code.TotalShards) / unit * unit);
    }
}
