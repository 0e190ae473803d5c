using System.Text;

namespace Headroom.Audit.Reading;

/// <summary>Reads a small text file, or says in a sentence why it cannot.</summary>
public static class TextFile
{
    private const int ChunkBytes = 1 << 16;

    /// <exception cref="InputException">There is none, or more than so many bytes of it, or it is no text.</exception>
    public static string Read(string path, string shownAs, long bytesMax)
    {
        var mark = new Mark(shownAs, 0, 0);
        if (Directory.Exists(path))
        {
            throw new InputException(mark, "this is a directory; a file is expected");
        }

        byte[] bytes;
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                throw new InputException(mark, "no such file" + Near(path));
            }

            if (info.Length > bytesMax)
            {
                throw new InputException(mark, $"{info.Length:N0} bytes; at most {bytesMax:N0} are read");
            }

            bytes = ReadAtMost(path, bytesMax) ?? throw new InputException(mark, $"more than {bytesMax:N0} bytes; at most as many are read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(mark, $"cannot be read: {e.Message}");
        }

        return Decode(bytes, shownAs);
    }

    /// <summary>Null where there is more. What a device or a pipe holds its length does not say.</summary>
    private static byte[]? ReadAtMost(string path, long bytesMax)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var all = new MemoryStream((int)Math.Min(file.CanSeek ? file.Length : 0, Array.MaxLength));
        byte[] chunk = new byte[ChunkBytes];
        for (int read; (read = file.Read(chunk)) > 0;)
        {
            if (all.Length + read > Math.Min(bytesMax, Array.MaxLength))
            {
                return null;
            }

            all.Write(chunk, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>UTF-8 text without control bytes; anything else is an error that names the line.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string shownAs)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        int zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new InputException(new Mark(shownAs, Line(bytes[..zero]), 1), "binary data; text in UTF-8 is expected");
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            int at = Math.Clamp(e.Index, 0, bytes.Length);
            throw new InputException(new Mark(shownAs, Line(bytes[..at]), 1), "bytes that are not UTF-8 text");
        }
    }

    private static int Line(ReadOnlySpan<byte> before) => before.Count((byte)'\n') + 1;

    private static string Near(string path)
    {
        string? directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (directory is null || !Directory.Exists(directory))
        {
            return "";
        }

        string? near = Kernel.Quantities.NearestName.Of(Path.GetFileName(path),
            Directory.EnumerateFileSystemEntries(directory).Take(1000).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));
        return near is null ? "" : $" (did you mean {near}?)";
    }
}
