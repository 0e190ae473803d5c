using System.Buffers.Binary;
using Headroom.Lab.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Lab.Storage;

/// <summary>
/// A member's durable records in a file that grows until the member begins it anew (<see cref="AppendAnew"/>). A thread of its own writes and flushes (fsync): all records that arrive while it does go with the next group. This layer checks what
/// it reads (<see cref="LogReader"/>); the checksums that records have of their own are for hosts that keep them in no file, as the simulator does.
/// </summary>
public sealed class DurableLog : IDisposable
{
    /// <summary>With more waiting to be written the disk does not keep up.</summary>
    private const int WaitingBytesMax = 256 << 20;

    /// <summary>Others may read the log, and it may be replaced while they do.</summary>
    private const FileShare Sharing = FileShare.Read | FileShare.Delete;

    private SafeFileHandle _file;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private readonly Thread _writer;
    private Group _filling = new();
    private Group _flushing = new();
    private Action? _news;
    private long _end;
    private int _groups;
    private long _appended;
    private long _durable;
    private long _flushes;
    private long _flushedBytes;
    private long _flushingTicks;
    private bool _isClosing;
    private volatile string? _failure;

    private DurableLog(SafeFileHandle file, string path, LogReading reading, TimeProvider time)
    {
        (_file, _path, _time) = (file, path, time);
        (Recovered, _groups) = (reading.Records, reading.Groups);
        _appended = _durable = reading.Records.Count;
        _writer = new Thread(Write) { IsBackground = true, Name = $"log {Path.GetFileName(path)}" };
    }

    /// <summary>What was durable when the log was opened.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Recovered { get; private set; }

    /// <summary>Records appended, those recovered included.</summary>
    public long Appended => _appended;

    /// <summary>The first so many records are durable.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Flushes since the log was opened, what they wrote, and how long writing and flushing took together.</summary>
    public LogWork Work => new(Volatile.Read(ref _flushes), Volatile.Read(ref _flushedBytes), _time.GetElapsedTime(0, Volatile.Read(ref _flushingTicks)));

    /// <summary>Why nothing becomes durable any more; null while all is well.</summary>
    public string? Failure => _failure;

    /// <summary>Opens a log, or begins one; what a crash tore off its end is cut off for good first.</summary>
    /// <exception cref="LabException">The file cannot be opened, or the log is damaged: file and place are named.</exception>
    public static DurableLog Open(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            // One that was not finished when its writer died never took the log's name.
            File.Delete(Unfinished(path));
            LogReading reading = File.Exists(path) ? LogReader.Read(path) : LogReader.Read(default(ReadOnlyMemory<byte>));
            if (reading.Damage is { } damage)
            {
                throw new LabException($"{path}: {damage}. Nothing of it is used; take the file away to begin without it");
            }

            SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Sharing);
            var log = new DurableLog(file, path, reading, time) { _end = Math.Max(reading.GoodBytes, LogFormat.Mark.Length) };
            RandomAccess.Write(file, reading.IsAnew ? LogFormat.AnewMark : LogFormat.Mark, 0);
            RandomAccess.SetLength(file, log._end);
            RandomAccess.FlushToDisk(file);
            return log;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>From now on records may be appended; <paramref name="news"/> is called, on the log's own thread, when more are durable or none ever will be.</summary>
    public void Start(Action news)
    {
        (_news, Recovered) = (news, []);
        _writer.Start();
    }

    /// <summary>From one thread only.</summary>
    /// <exception cref="LabException">The disk does not keep up.</exception>
    public void Append(ReadOnlySpan<byte> record) => Append(record, isAnew: false);

    /// <summary>Appends a record that says all that those before it say: when it is durable they are gone from the disk, and until then they are all there.</summary>
    /// <exception cref="LabException">The disk does not keep up.</exception>
    public void AppendAnew(ReadOnlySpan<byte> record) => Append(record, isAnew: true);

    private static string Unfinished(string path) => path + ".new";

    private void Append(ReadOnlySpan<byte> record, bool isAnew)
    {
        lock (_lock)
        {
            if (isAnew)
            {
                _filling.BeginAnew();
            }

            if (_filling.Length > WaitingBytesMax)
            {
                throw new LabException($"{_path}: {WaitingBytesMax >> 20} MB wait to be written: the disk does not keep up");
            }

            _filling.Add(record);
            _appended++;
            if (_filling.Records == 1)
            {
                Monitor.Pulse(_lock);
            }
        }
    }

    /// <summary>As a crash leaves it: what is not being written is lost.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosing = true;
            Monitor.Pulse(_lock);
        }

        if (_writer.IsAlive)
        {
            _writer.Join();
        }

        _file.Dispose();
    }

    private void Write()
    {
        while (true)
        {
            lock (_lock)
            {
                while (_filling.Records == 0 && !_isClosing)
                {
                    Monitor.Wait(_lock);
                }

                if (_isClosing)
                {
                    return;
                }

                (_filling, _flushing) = (_flushing, _filling);
            }

            long start = _time.GetTimestamp();
            try
            {
                _groups = _flushing.IsAnew ? 0 : _groups;
                ReadOnlySpan<byte> group = _flushing.Close(_groups++);
                if (_flushing.IsAnew)
                {
                    Replace(group);
                }
                else
                {
                    RandomAccess.Write(_file, group, _end);
                    // A flush that failed is not tried again: what the system dropped it would report as flushed the next time.
                    RandomAccess.FlushToDisk(_file);
                    _end += group.Length;
                }

                Volatile.Write(ref _flushedBytes, _flushedBytes + group.Length);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _failure = $"{_path}: {error.Message}";
                _news!();
                return;
            }

            Volatile.Write(ref _flushingTicks, _flushingTicks + _time.GetTimestamp() - start);
            Volatile.Write(ref _flushes, _flushes + 1);
            Volatile.Write(ref _durable, _durable + _flushing.Records);
            _flushing.Clear();
            _news!();
        }
    }

    /// <summary>Whole or not at all: the new file takes the log's name when it is durable, and only then goes the old one.</summary>
    private void Replace(ReadOnlySpan<byte> group)
    {
        string unfinished = Unfinished(_path);
        SafeFileHandle file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.ReadWrite, Sharing);
        try
        {
            RandomAccess.Write(file, LogFormat.AnewMark, 0);
            RandomAccess.Write(file, group, LogFormat.AnewMark.Length);
            RandomAccess.FlushToDisk(file);
            File.Move(unfinished, _path, overwrite: true);
            FolderFlush.Flush(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file.Dispose();
        (_file, _end) = (file, LogFormat.AnewMark.Length + group.Length);
    }

    /// <summary>Records that go to the disk together, behind room for the group's head.</summary>
    private sealed class Group
    {
        private byte[] _bytes = new byte[4096];

        public int Length { get; private set; } = LogFormat.HeadBytes;

        public int Records { get; private set; }

        /// <summary>The log begins with this group.</summary>
        public bool IsAnew { get; private set; }

        /// <summary>What was added so far needs no place any more, and is durable with what follows.</summary>
        public void BeginAnew() => (Length, IsAnew) = (LogFormat.HeadBytes, true);

        public void Add(ReadOnlySpan<byte> record)
        {
            int needed = Length + LogFormat.LengthBytes + record.Length;
            if (_bytes.Length < needed)
            {
                Array.Resize(ref _bytes, 2 * needed);
            }

            BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(Length), record.Length);
            record.CopyTo(_bytes.AsSpan(Length + LogFormat.LengthBytes));
            Length = needed;
            Records++;
        }

        public ReadOnlySpan<byte> Close(int number)
        {
            LogFormat.WriteHead(_bytes.AsSpan(0, Length), number);
            return _bytes.AsSpan(0, Length);
        }

        public void Clear() => (Length, Records, IsAnew) = (LogFormat.HeadBytes, 0, false);
    }
}
