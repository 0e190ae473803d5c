namespace Headroom.Evidence.Samples;

/// <summary>
/// Reads sample files up to a cap, shared evenly: a file shorter than its share leaves the rest to the others. Every file gives whole messages from
/// its beginning, in order, so that a first half is older than a second.
/// </summary>
public static class SampleReader
{
    /// <summary>Messages longer than this are refused: the cap would hold one of them at most.</summary>
    public const int CapMax = 64 << 20;

    /// <summary>Messages that are taken at most, shared evenly by the files: codecs pay for each one.</summary>
    public const int MessagesMax = 32_768;

    private const int RemarksMax = 6;

    /// <exception cref="SampleException">A file is missing, a directory, unreadable, cut short in a record, or binary where lines are expected; or nothing is left.</exception>
    public static Sample Read(IReadOnlyList<string> paths, MessageRule rule, int bytesMax)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytesMax, CapMax);
        (string Path, long Length)[] found = [.. paths.Select(path => (path, LengthOf(path)))];
        int[] shares = Shares([.. found.Select(f => f.Length)], bytesMax, rule.Cut == MessageCut.File);
        var files = new List<SampleFile>();
        var remarks = new List<string>();
        for (int i = 0; i < found.Length; i++)
        {
            (string path, long length) = found[i];
            string name = Path.GetFileName(path);
            if (length == 0)
            {
                remarks.Add($"{name} is empty");
                continue;
            }

            SampleFile file = Cut(path, length, ReadPrefix(path, shares[i]), rule, Math.Max(1, MessagesMax / found.Length));
            if (file.Ends.Count == 0)
            {
                remarks.Add($"nothing was taken from {name}: its first message is longer than its share of {shares[i]} bytes");
                continue;
            }

            Remark(file, rule, name, remarks);
            files.Add(file);
        }

        if (remarks.Count > RemarksMax)
        {
            int more = remarks.Count - RemarksMax + 1;
            remarks.RemoveRange(RemarksMax - 1, more);
            remarks.Add($"and the like of {more} more files");
        }

        return files.Count > 0 ? new Sample(rule, files) { Remarks = remarks } : throw new SampleException(paths[0], Nothing(paths, remarks));
    }

    private static string Nothing(IReadOnlyList<string> paths, List<string> remarks) =>
        paths.Count == 1 ? $"no message can be taken from it: {remarks[0]}" : $"no message can be taken from any of the {paths.Count} files: {remarks[0]}";

    private static long LengthOf(string path)
    {
        if (Directory.Exists(path))
        {
            throw new SampleException(path, "this is a directory; a file is expected");
        }

        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SampleException(path, File.Exists(path) ? $"cannot be read: {e.Message}" : "no such file");
        }
    }

    /// <summary>The short files whole, the rest of the cap in equal parts to the others. Messages that are files come whole or not at all, in order.</summary>
    private static int[] Shares(long[] lengths, int cap, bool whole)
    {
        int[] shares = new int[lengths.Length];
        long left = cap;
        int[] order = whole ? [.. Enumerable.Range(0, lengths.Length)] : [.. Enumerable.Range(0, lengths.Length).OrderBy(i => lengths[i]).ThenBy(i => i)];
        for (int k = 0; k < order.Length; k++)
        {
            int i = order[k];
            long share = whole ? left : left / (order.Length - k);
            shares[i] = lengths[i] <= share ? (int)lengths[i] : whole ? 0 : (int)share;
            left -= shares[i];
        }

        return shares;
    }

    private static byte[] ReadPrefix(string path, int length)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[length];
            int read = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
            return read == length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SampleException(path, $"cannot be read: {e.Message}");
        }
    }

    private static SampleFile Cut(string path, long fileBytes, byte[] prefix, MessageRule rule, int messagesMax)
    {
        List<int> ends = rule.Cut switch
        {
            MessageCut.Line => Lines(path, prefix, prefix.Length == fileBytes),
            MessageCut.File => prefix.Length == fileBytes ? [prefix.Length] : [],
            _ => Records(path, prefix, fileBytes, rule.FixedBytes),
        };
        if (ends.Count > messagesMax)
        {
            ends.RemoveRange(messagesMax, ends.Count - messagesMax);
        }

        int end = ends.Count == 0 ? 0 : ends[^1];
        return new SampleFile(path, fileBytes, end == prefix.Length ? prefix : prefix[..end], ends);
    }

    private static List<int> Lines(string path, byte[] prefix, bool isWhole)
    {
        int zero = prefix.AsSpan().IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new SampleException(path, $"binary data at byte {zero}, where lines of text are expected (message: file, or a fixed size such as 512 B, takes any bytes)");
        }

        var ends = new List<int>();
        for (int start = 0; start < prefix.Length;)
        {
            int length = prefix.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
            {
                if (isWhole)
                {
                    ends.Add(prefix.Length);
                }

                break;
            }

            start += length + 1;
            ends.Add(start);
        }

        return ends;
    }

    private static List<int> Records(string path, byte[] prefix, long fileBytes, int size)
    {
        if (fileBytes % size != 0)
        {
            throw new SampleException(path, $"{fileBytes} bytes are no whole number of records of {size} bytes: the file is cut short, or the size is another");
        }

        var ends = new List<int>();
        for (int end = size; end <= prefix.Length; end += size)
        {
            ends.Add(end);
        }

        return ends;
    }

    private static void Remark(SampleFile file, MessageRule rule, string name, List<string> remarks)
    {
        if (rule.Cut == MessageCut.Line && file.Bytes.Length == file.FileBytes && file.Bytes[^1] != (byte)'\n')
        {
            remarks.Add($"the last line of {name} has no newline: it may be cut short");
        }

        ReadOnlySpan<byte> bytes = file.Bytes;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) || bytes.StartsWith("PK\x03\x04"u8))
        {
            remarks.Add($"{name} looks compressed already: sample what is sent before compression");
        }
    }
}
