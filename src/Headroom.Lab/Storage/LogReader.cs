using System.Buffers.Binary;

namespace Headroom.Lab.Storage;

/// <summary>
/// Reads a log. A group is written only after the one before it is durable, so a bad group that a good one follows was damaged after it was promised: the log is refused.
/// What is bad at the end was torn by a crash, or its damage cannot be told from that: the log ends before it. The first group of a log that was begun anew was promised even if none follows.
/// </summary>
public static class LogReader
{
    /// <summary>A longer file is refused: it is read into memory.</summary>
    public const long BytesMax = 1L << 30;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LogReading Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        long length = file.Length;
        if (length > BytesMax)
        {
            return Damaged($"its {length} bytes are more than the {BytesMax} that are read");
        }

        byte[] bytes = new byte[length];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == 0 && file.ReadByte() >= 0 ? Damaged("this is a device, and no log") : Read(bytes.AsMemory(0, read));
    }

    internal static LogReading Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> mark = LogFormat.Mark;
        if (file.Length < mark.Length)
        {
            return mark.StartsWith(file.Span) ? Ended([], 0, 0, file.Length) : Damaged("byte 0: this is no log");
        }

        bool isAnew = file.Span.StartsWith(LogFormat.AnewMark);
        if (!isAnew && !file.Span.StartsWith(mark))
        {
            return Damaged("byte 0: this is no log");
        }

        if (isAnew && !LogFormat.TryRead(file.Span[mark.Length..], out _, out _))
        {
            return Damaged($"byte {mark.Length}: group 0 is damaged; it holds the state that the log was begun anew with, which was durable before");
        }

        var records = new List<ReadOnlyMemory<byte>>();
        int at = mark.Length;
        int groups = 0;
        while (at < file.Length)
        {
            if (!LogFormat.TryRead(file.Span[at..], out int number, out int length))
            {
                int next = NextGood(file.Span, at + 1);
                return next < 0 ? Ended(records, groups, at, file.Length) with { IsAnew = isAnew } : Damaged($"byte {at}: group {groups} is damaged; a good one follows at byte {next}");
            }

            if (number != groups)
            {
                return Damaged($"byte {at}: a group of number {number} where {groups} belongs");
            }

            if (!TryTake(file.Slice(at + LogFormat.HeadBytes, length), records))
            {
                return Damaged($"byte {at}: the records of group {groups} do not fill it");
            }

            at += LogFormat.HeadBytes + length;
            groups++;
        }

        return Ended(records, groups, at, file.Length) with { IsAnew = isAnew };
    }

    private static bool TryTake(ReadOnlyMemory<byte> rest, List<ReadOnlyMemory<byte>> records)
    {
        while (rest.Length >= LogFormat.LengthBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
            if (length > rest.Length - LogFormat.LengthBytes)
            {
                return false;
            }

            records.Add(rest.Slice(LogFormat.LengthBytes, (int)length));
            rest = rest[(LogFormat.LengthBytes + (int)length)..];
        }

        return rest.IsEmpty;
    }

    private static int NextGood(ReadOnlySpan<byte> file, int at)
    {
        for (; at <= file.Length - LogFormat.HeadBytes; at++)
        {
            if (LogFormat.TryRead(file[at..], out _, out _))
            {
                return at;
            }
        }

        return -1;
    }

    private static LogReading Ended(List<ReadOnlyMemory<byte>> records, int groups, int good, int all) =>
        new() { Records = records, Groups = groups, GoodBytes = good, TornBytes = all - good };

    private static LogReading Damaged(string how) => new() { Records = [], Groups = 0, GoodBytes = 0, TornBytes = 0, Damage = how };
}
