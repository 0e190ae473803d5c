using Headroom.Coding.Checksums;
using Headroom.Coding.Erasure;

namespace Headroom.Coding.Files;

/// <summary>
/// Content of any length, from any stream, into n streams of shards, in the memory of three stripes: while one is encoded, the next is read and the one before written.
/// What is written is described by <see cref="ShardHeader"/> and docs/shards.md; streams need not seek.
/// </summary>
public sealed class ShardEncoder
{
    private readonly StripeShape _shape;
    private readonly IReadOnlyList<Stream> _shards;
    private StripeBuffer _current;
    private StripeBuffer _next;
    private StripeBuffer _writing;
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
        (_current, _next, _writing) = (new StripeBuffer(shape), new StripeBuffer(shape), new StripeBuffer(shape));
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
            _shards[i].Write(new ShardHeader(_shape.Code.ManifestName, i, _shards.Count, _shape.BlockBytes).ToBytes());
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
        Task writing = Task.CompletedTask;
        Task<int> reading = Task.FromResult(0);
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                bool isLast = length < _shape.ContentBytes;
                reading = isLast ? Task.FromResult(0) : Task.Run(() => Fill(_next, content), CancellationToken.None);
                int shardBytes = Prepare(length, isLast);
                writing.GetAwaiter().GetResult();
                progress?.Report(done);
                done += length;
                (_current, _writing) = (_writing, _current);
                StripeBuffer prepared = _writing;
                writing = Task.Run(() => Write(prepared, shardBytes), CancellationToken.None);
                length = reading.GetAwaiter().GetResult();
                (_current, _next) = (_next, _current);
                if (isLast)
                {
                    writing.GetAwaiter().GetResult();
                    progress?.Report(done);
                    return done;
                }
            }
        }
        finally
        {
            // Nobody is left to fill a buffer or to write when this returns.
            Task.WhenAny(reading).GetAwaiter().GetResult();
            Task.WhenAny(writing).GetAwaiter().GetResult();
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

    /// <summary>Encodes the current stripe and writes its heads; returns the bytes of its shards.</summary>
    private int Prepare(int length, bool isLast)
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
        }

        _stripe++;
        return shardBytes;
    }

    private void Write(StripeBuffer prepared, int shardBytes)
    {
        for (int i = 0; i < _shards.Count; i++)
        {
            _shards[i].Write(prepared.Block(i, shardBytes).Span);
        }
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
