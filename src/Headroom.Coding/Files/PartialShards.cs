namespace Headroom.Coding.Files;

/// <summary>Files of shards that are being written, under names of their own until they are whole; what a crash left of them is gone on with.</summary>
internal sealed class PartialShards : IDisposable
{
    private readonly FileStream[] _streams;

    private PartialShards(FileStream[] streams, long stripes, ulong checksum) => (_streams, Stripes, Checksum) = (streams, stripes, checksum);

    public IReadOnlyList<Stream> Streams => _streams;

    /// <summary>The whole stripes that all files hold already; they stand behind these.</summary>
    public long Stripes { get; }

    /// <summary>The checksum of the content of these stripes.</summary>
    public ulong Checksum { get; }

    /// <summary>Opens one file per header, and cuts off what is not a whole stripe in all of them. A file that begins otherwise is begun anew.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static PartialShards Open(StripeShape shape, IReadOnlyList<(string Path, ShardHeader Header)> shards, bool anew)
    {
        (long stripes, ulong checksum) = anew ? (0, 0) : WholeStripes(shape, shards);
        var streams = new List<FileStream>();
        try
        {
            foreach ((string path, ShardHeader header) in shards)
            {
                // Blocks are large: a buffer would only copy them.
                var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
                streams.Add(stream);
                stream.Write(header.ToBytes());
                stream.SetLength(shape.OffsetOf(stripes));
                stream.Position = stream.Length;
            }
        }
        catch
        {
            streams.ForEach(stream => stream.Dispose());
            throw;
        }

        return new PartialShards([.. streams], stripes, checksum);
    }

    /// <summary>Onto the disk, before a rename makes them what they are.</summary>
    public void Flush() => Array.ForEach(_streams, stream => stream.Flush(flushToDisk: true));

    public void Dispose() => Array.ForEach(_streams, stream => stream.Dispose());

    private static (long Stripes, ulong Checksum) WholeStripes(StripeShape shape, IReadOnlyList<(string Path, ShardHeader Header)> shards)
    {
        var files = new List<ShardFile>();
        try
        {
            foreach ((string path, ShardHeader header) in shards)
            {
                if (!File.Exists(path) || ShardFile.Open(path, out _) is not { } file)
                {
                    return (0, 0);
                }

                files.Add(file);
                if (file.Header != header)
                {
                    return (0, 0);
                }
            }

            var buffer = new StripeBuffer(shape);
            for (long stripes = files.Min(file => (file.Length - ShardHeader.Bytes) / shape.StrideBytes); stripes > 0; stripes--)
            {
                BlockHead? common = null;
                if (files.All(file => file.TryRead(shape, buffer, stripes - 1, out BlockHead head) && !head.IsLast && (common ??= head.OfStripe) == head.OfStripe))
                {
                    return (stripes, common!.Value.ContentChecksum);
                }
            }

            return (0, 0);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }
}
