using Headroom.Coding.Erasure;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Coding.Files;

/// <summary>One shard's file, read block by block wherever they stand; what cannot be read counts as damaged.</summary>
internal sealed class ShardFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private ShardFile(string path, SafeFileHandle handle, ShardHeader header) => (Path, _handle, Header, Length) = (path, handle, header, RandomAccess.GetLength(handle));

    public string Path { get; }

    public ShardHeader Header { get; }

    public long Length { get; }

    /// <summary>The file, opened; null and why when it is no shard.</summary>
    public static ShardFile? Open(string path, out string? problem)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] start = new byte[ShardHeader.Bytes];
            int read = ReadFully(handle, start, 0);
            if (ShardHeader.TryRead(start.AsSpan(0, read), out ShardHeader? header, out problem))
            {
                return new ShardFile(path, handle, header);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            problem = $"cannot be read: {error.Message}";
        }

        handle?.Dispose();
        return null;
    }

    /// <summary>The block of that stripe into its place of the buffer; false where it is missing or damaged.</summary>
    public bool TryRead(StripeShape shape, StripeBuffer buffer, long stripe, out BlockHead head)
    {
        int shard = Header.Shard;
        Memory<byte> block = buffer.Block(shard, shape.BlockBytes);
        int read = Read(block.Span, shape.OffsetOf(stripe));
        if (!IsHead(block.Span[..read], shape, stripe, out head) || read < shape.HeadBytes + head.ShardBytes)
        {
            return false;
        }

        Span<byte> bytes = buffer.Shard(shard, head.ShardBytes).Span;
        int part = head.ShardBytes / shape.Subshards;
        for (int i = 0; i < shape.Subshards; i++)
        {
            if (!BlockHead.IsWhole(block.Span, i, bytes.Slice(i * part, part)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Only the head of that stripe's block.</summary>
    public bool TryReadHead(StripeShape shape, StripeBuffer buffer, long stripe, out BlockHead head)
    {
        Span<byte> bytes = buffer.Head(Header.Shard);
        int read = Read(bytes, shape.OffsetOf(stripe));
        return IsHead(bytes[..read], shape, stripe, out head);
    }

    /// <summary>The sub-chunks that a helper reads of a block whose head was read, one after another; false where one is damaged.</summary>
    public bool TryReadParts(StripeShape shape, StripeBuffer buffer, BlockHead head, HelpingShard helper, Span<byte> target)
    {
        long start = shape.OffsetOf(head.Stripe) + shape.HeadBytes;
        int at = 0;
        foreach ((int offset, int length) in helper.Ranges(head.ShardBytes))
        {
            if (Read(target.Slice(at, length), start + offset) < length)
            {
                return false;
            }

            at += length;
        }

        int part = head.ShardBytes / shape.Subshards;
        for (int i = 0; i < helper.Reads.Count; i++)
        {
            if (!BlockHead.IsWhole(buffer.Head(Header.Shard), helper.Reads[i], target.Slice(i * part, part)))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _handle.Dispose();

    private bool IsHead(ReadOnlySpan<byte> bytes, StripeShape shape, long stripe, out BlockHead head) =>
        BlockHead.TryRead(bytes, shape, out head) && head.Stripe == stripe && head.Shard == Header.Shard;

    /// <summary>As many bytes as there are; a disk that fails gives none.</summary>
    private int Read(Span<byte> target, long offset)
    {
        try
        {
            return ReadFully(_handle, target, offset);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static int ReadFully(SafeFileHandle handle, Span<byte> target, long offset)
    {
        int total = 0;
        while (total < target.Length)
        {
            int read = RandomAccess.Read(handle, target[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }
}
