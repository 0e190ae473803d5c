using Headroom.Lab.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Lab.Storage;

/// <summary>How often the disk behind a folder flushes: one thread appends and flushes (fsync), again and again, as a log does that always has one group to write.</summary>
public sealed class FlushProbe : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly TimeProvider _time;
    private long _end;

    /// <exception cref="LabException">The folder cannot be written.</exception>
    public FlushProbe(string folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _time = time;
        string path = Path.Combine(folder, "probe.tmp");
        try
        {
            _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Appends so many bytes at a time for so long, at least once.</summary>
    public LogWork Run(int bytes, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        byte[] group = new byte[bytes];
        long start = _time.GetTimestamp();
        long flushes = 0;
        do
        {
            RandomAccess.Write(_file, group, _end);
            RandomAccess.FlushToDisk(_file);
            _end += bytes;
            flushes++;
        }
        while (_time.GetElapsedTime(start) < duration);
        return new LogWork(flushes, flushes * bytes, _time.GetElapsedTime(start));
    }

    public void Dispose() => _file.Dispose();
}
