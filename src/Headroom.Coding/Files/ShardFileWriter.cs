using Headroom.Coding.Checksums;

namespace Headroom.Coding.Files;

/// <summary>The content of a folder of shards into a file, which appears whole or not at all; what is left unfinished (<c>.partial</c>) is gone on with.</summary>
public static class ShardFileWriter
{
    /// <summary>Where an unfinished file waits.</summary>
    public static string PartialOf(string file) => Path.GetFullPath(file) + ".partial";

    /// <param name="folder">The shards.</param>
    /// <param name="decoder">Over that folder.</param>
    /// <param name="file">Written over when it exists.</param>
    /// <param name="anew">Throws away what is unfinished.</param>
    /// <param name="progress">Told the bytes of content done.</param>
    /// <param name="cancellation">Looked at between stripes.</param>
    /// <returns>The bytes of content.</returns>
    /// <exception cref="ShardException">What is missing, and what would suffice.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static long Decode(ShardFolder folder, ShardDecoder decoder, string file, bool anew = false, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(decoder);
        string partial = PartialOf(file);
        try
        {
            long length = DecodeInto(folder, decoder, partial, anew, progress, cancellation);
            File.Move(partial, Path.GetFullPath(file), overwrite: true);
            return length;
        }
        catch (ShardException)
        {
            // The same command would end in the same place.
            File.Delete(partial);
            throw;
        }
    }

    private static long DecodeInto(ShardFolder folder, ShardDecoder decoder, string partial, bool anew, IProgress<long>? progress, CancellationToken cancellation)
    {
        using var stream = new FileStream(partial, anew ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        (long stripes, ulong checksum) = WholeStripes(folder, stream, cancellation);
        stream.SetLength(stripes * folder.Shape.ContentBytes);
        stream.Position = stream.Length;
        long length = decoder.Continue(stream, stripes, checksum, progress, cancellation);
        stream.Flush(flushToDisk: true);
        return length;
    }

    /// <summary>How much of an unfinished file is the content of these shards: all its whole stripes, or nothing.</summary>
    private static (long Stripes, ulong Checksum) WholeStripes(ShardFolder folder, FileStream stream, CancellationToken cancellation)
    {
        long stripes = stream.Length / folder.Shape.ContentBytes;
        if (stripes == 0)
        {
            return (0, Crc64.Empty);
        }

        ulong checksum = Crc64.Empty;
        byte[] buffer = new byte[1 << 20];
        for (long left = stripes * folder.Shape.ContentBytes; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            checksum = Crc64.Append(checksum, buffer.AsSpan(0, read));
            left -= read;
        }

        var reader = new StripeReader(folder);
        reader.Read(stripes - 1, folder.Present);
        bool same = Enumerable.Range(0, reader.Shards).Any(shard => reader[shard] is { IsLast: false } head && head.ContentChecksum == checksum);
        return same ? (stripes, checksum) : (0, Crc64.Empty);
    }
}
