using Headroom.Coding.Checksums;
using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>
/// Content of any length, from any stream, into n streams of shards, in the memory of two stripes: while one is encoded and written, the next is read.
/// What is written is described by <see cref="ShardHeader"/> and docs/shards.md; streams need not seek.
/// </summary>
public sealed class ShardEncoder
{
    private readonly StripeShape _shape;
    private readonly IReadOnlyList<Stream> _shards;
    private StripeBuffer _current;
    private StripeBuffer _next;
    private ulong _checksum = Crc64.Empty;
    private long _stripe;

    /// <exception cref="ArgumentException">Not one stream per shard.</exception>
    public ShardEncoder(StripeShape shape, IReadOnlyList<Stream> shards)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count != shape.Code.TotalShards)
        {
            throw new ArgumentException($"{shape.Code} writes {shape.Code.TotalShards} shards, not {shards.Count}", nameof(shards));
        }

        (_shape, _shards) = (shape, shards);
        (_current, _next) = (new StripeBuffer(shape), new StripeBuffer(shape));
    }

    /// <summary>Encodes all that the stream gives, header first.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="progress">Told the bytes of content done, after every stripe.</param>
    /// <param name="cancellation">Looked at between stripes.</param>
    /// <returns>The bytes of content.</returns>
    /// <exception cref="IOException">A stream failed.</exception>
    public long Encode(Stream content, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        for (int i = 0; i < _shards.Count; i++)
        {
            _shards[i].Write(new ShardHeader(_shape.Code.Name, i, _shards.Count, _shape.BlockBytes).ToBytes());
        }

        return Continue(content, 0, Crc64.Empty, progress, cancellation);
    }

    /// <summary>The same from a stripe on: of the content, what comes after the stripes written before, whose checksum is given.</summary>
    internal long Continue(Stream content, long stripes, ulong checksum, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        (_stripe, _checksum) = (stripes, checksum);
        long done = stripes * _shape.ContentBytes;
        int length = Fill(_current, content);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isLast = length < _shape.ContentBytes;
            Task<int> reading = isLast ? Task.FromResult(0) : Task.Run(() => Fill(_next, content), CancellationToken.None);
            try
            {
                Write(length, isLast);
            }
            finally
            {
                // Nobody is left to fill a buffer when this returns.
                Task.WhenAny(reading).GetAwaiter().GetResult();
            }

            done += length;
            progress?.Report(done);
            if (isLast)
            {
                return done;
            }

            length = reading.GetAwaiter().GetResult();
            (_current, _next) = (_next, _current);
        }
    }

    private int Fill(StripeBuffer buffer, Stream content)
    {
        int length = 0;
        foreach (Memory<byte> place in buffer.Content(_shape.BlockBytes))
        {
            int read = content.ReadAtLeast(place.Span, place.Length, throwOnEndOfStream: false);
            length += read;
            if (read < place.Length)
            {
                break;
            }
        }

        return length;
    }

    private void Write(int length, bool isLast)
    {
        int shardBytes = _shape.BlockBytes;
        if (isLast)
        {
            shardBytes = Shorten(length);
        }

        int left = length;
        foreach (Memory<byte> place in _current.Content(shardBytes))
        {
            int taken = Math.Min(left, place.Length);
            _checksum = Crc64.Append(_checksum, place.Span[..taken]);
            left -= taken;
        }

        Memory<byte>[] shards = _current.Shards(shardBytes);
        if (shardBytes > 0)
        {
            _shape.Code.Encode(shards);
        }

        for (int i = 0; i < shards.Length; i++)
        {
            new BlockHead(_stripe, shardBytes, length, isLast, i, _checksum).Write(_current.Head(i), shards[i].Span, _shape.Subshards);
            _shards[i].Write(_current.Block(i, shardBytes).Span);
        }

        _stripe++;
    }

    /// <summary>Lays what the last stripe holds anew over shards that are as short as it allows.</summary>
    private int Shorten(int length)
    {
        int shardBytes = _shape.LastShardBytes(length);
        byte[] content = new byte[length];
        int at = 0;
        foreach (Memory<byte> place in _current.Content(_shape.BlockBytes))
        {
            int taken = Math.Min(place.Length, length - at);
            place.Span[..taken].CopyTo(content.AsSpan(at));
            at += taken;
        }

        if (shardBytes > 0)
        {
            Striping.Spread(_shape.Code, content, _current.Shards(shardBytes));
        }

        return shardBytes;
    }
}
