using Headroom.Lab.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Lab.Storage;

/// <summary>
/// How fast the disk behind a folder flushes: loops that append and flush (fsync), again and again, each a file of its own, as a log does that always has one group to write. A file system may serve several
/// at once better than one alone (ext4 commits its journal for all that wait), so as many loops as there are logs are what logs are compared with.
/// </summary>
public sealed class FlushProbe : IDisposable
{
    private readonly SafeFileHandle[] _files;
    private readonly long[] _ends;
    private readonly TimeProvider _time;

    /// <exception cref="LabException">The folder cannot be written.</exception>
    public FlushProbe(string folder, int loops, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(loops, 1);
        (_time, _files, _ends) = (time, new SafeFileHandle[loops], new long[loops]);
        try
        {
            for (int i = 0; i < loops; i++)
            {
                _files[i] = File.OpenHandle(Path.Combine(folder, $"probe-{i}.tmp"), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new LabException($"{folder}: cannot be written: {error.Message}", error);
        }
    }

    /// <summary>One loop alone appends so many bytes at a time for so long, at least once.</summary>
    public LogWork RunAlone(int bytes, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return Loop(0, bytes, duration);
    }

    /// <summary>All loops at the same time; their times are added up.</summary>
    public LogWork RunTogether(int bytes, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        var work = new LogWork[_files.Length];
        Exception? failure = null;
        Thread[] threads = [.. work.Select((_, i) => new Thread(() => Try(i)) { IsBackground = true, Name = "probe" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return failure is null ? work.Aggregate((sum, one) => sum + one) : throw new LabException($"the disk failed: {failure.Message}", failure);

        void Try(int i)
        {
            try
            {
                work[i] = Loop(i, bytes, duration);
            }
            catch (IOException error)
            {
                failure = error;
            }
        }
    }

    public void Dispose() => Array.ForEach(_files, file => file?.Dispose());

    private LogWork Loop(int file, int bytes, TimeSpan duration)
    {
        byte[] group = new byte[bytes];
        long start = _time.GetTimestamp();
        long flushes = 0;
        do
        {
            RandomAccess.Write(_files[file], group, _ends[file]);
            RandomAccess.FlushToDisk(_files[file]);
            _ends[file] += bytes;
            flushes++;
        }
        while (_time.GetElapsedTime(start) < duration);
        return new LogWork(flushes, flushes * bytes, _time.GetElapsedTime(start));
    }
}
