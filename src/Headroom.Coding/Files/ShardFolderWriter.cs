using Headroom.Coding.Checksums;

namespace Headroom.Coding.Files;

/// <summary>
/// Content into a new folder of shards. The folder is written under another name, which ends in <c>.partial</c>, and appears whole or not at all; what a crash or an
/// interruption leaves is gone on with by the next run, after the content read so far proved to be the same.
/// </summary>
public static class ShardFolderWriter
{
    /// <summary>Where an unfinished folder waits.</summary>
    public static string PartialOf(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".partial";

    /// <param name="shape">The code and its blocks.</param>
    /// <param name="content">Read from where it stands to its end.</param>
    /// <param name="folder">Must not exist.</param>
    /// <param name="anew">Throws away what is unfinished.</param>
    /// <param name="progress">Told the bytes of content done.</param>
    /// <param name="cancellation">Looked at between stripes.</param>
    /// <returns>The bytes of content.</returns>
    /// <exception cref="ShardException">The folder exists, or what is unfinished began with another content or otherwise.</exception>
    /// <exception cref="IOException">Something cannot be read or written; what was written waits.</exception>
    public static long Encode(
        StripeShape shape, Stream content, string folder, bool anew = false, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(content);
        Check(folder);
        string partial = PartialOf(folder);
        if (anew && Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        Directory.CreateDirectory(partial);
        long length;
        using (PartialShards files = Open(shape, partial))
        {
            Skip(shape, content, files, partial, cancellation);
            length = new ShardEncoder(shape, files.Streams).Continue(content, files.Stripes, files.Checksum, progress, cancellation);
            files.Flush();
        }

        Check(folder);
        Directory.Move(partial, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return length;
    }

    /// <summary>Whether a folder may be written there.</summary>
    /// <exception cref="ShardException">Why not.</exception>
    public static void Check(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string? problem = Directory.Exists(full) || File.Exists(full) ? "exists already; name a folder that does not"
            : !Directory.Exists(Path.GetDirectoryName(full)) ? $"there is no folder {Path.GetDirectoryName(full)} to make it in"
            : null;
        if (problem is not null)
        {
            throw new ShardException($"{folder}: {problem}");
        }
    }

    private static PartialShards Open(StripeShape shape, string partial)
    {
        (string Path, ShardHeader Header)[] shards = [.. Enumerable.Range(0, shape.Code.TotalShards).Select(
            i => (Path.Combine(partial, ShardFolder.NameOf(i)), new ShardHeader(shape.Code.ManifestName, i, shape.Code.TotalShards, shape.BlockBytes)))];
        foreach ((string path, ShardHeader header) in shards.Where(shard => File.Exists(shard.Path)))
        {
            using ShardFile? begun = ShardFile.Open(path, out _);
            if (begun is not null && begun.Header != header)
            {
                throw new ShardException($"{partial}: was begun as {begun.Header.Code} in blocks of {begun.Header.BlockBytes} bytes, not {header.Code} in blocks of {header.BlockBytes}; "
                    + "begin anew, or say the same");
            }
        }

        return PartialShards.Open(shape, shards, anew: false);
    }

    /// <summary>Reads what is encoded already, which must be what was read then.</summary>
    private static void Skip(StripeShape shape, Stream content, PartialShards files, string partial, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 20];
        ulong checksum = Crc64.Empty;
        for (long left = files.Stripes * shape.ContentBytes; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = content.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            checksum = Crc64.Append(checksum, buffer.AsSpan(0, read));
            left -= read;
            if (read == 0)
            {
                break;
            }
        }

        if (checksum != files.Checksum)
        {
            throw new ShardException($"{partial}: holds {files.Stripes} stripes of another content than this; begin anew, or give the content it was begun with");
        }
    }
}
