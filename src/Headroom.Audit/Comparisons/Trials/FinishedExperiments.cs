using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headroom.Audit.Reading;

namespace Headroom.Audit.Comparisons.Trials;

/// <summary>
/// Finished experiments in a file: one line each, appended and flushed when it is done, so that a crash loses none; a last line that was torn is
/// passed over and its experiment run again. Lines carry a digest of the options that determine their values, and lines of other options stay
/// unread.
/// </summary>
public sealed class FinishedExperiments : IDisposable
{
    private const string FirstLine = "{\"headroom\":\"finished experiments\"";
    private const long BytesMax = 1L << 30;

    private readonly string _options;
    private readonly Dictionary<string, ExperimentResult> _found = new(StringComparer.Ordinal);
    private readonly FileStream _stream;

    /// <param name="path">The file; made where there is none.</param>
    /// <param name="options">What determines the number of trials beside the experiments themselves.</param>
    /// <exception cref="InputException">It cannot be written to, or is some other file.</exception>
    public FinishedExperiments(string path, string options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _options = options;
        Path = path;
        try
        {
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            if (_stream.Length > BytesMax)
            {
                throw new InputException(new Mark(path, 0, 0), $"is larger than {BytesMax >> 20} MB; begin another file");
            }

            Load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _stream?.Dispose();
            throw NotKept(path, e);
        }
        catch
        {
            _stream?.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public ExperimentResult? Find(string key) => _found.GetValueOrDefault(Digest(key));

    /// <exception cref="InputException">It can be written to no more, as on a full disk.</exception>
    public void Keep(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _found[Digest(result.Key)] = result;
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            ExperimentJson.Write(json, Digest(result.Key), result);
        }

        line.WriteByte((byte)'\n');
        try
        {
            _stream.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
            _stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // The runtime tells a file that a file system cannot hold as a wrong argument.
            throw NotKept(Path, e);
        }
    }

    public void Dispose() => _stream.Dispose();

    private static InputException NotKept(string path, Exception e) => new(new Mark(path, 0, 0), Directory.Exists(path) ? "is a directory; name a file to keep finished cells in"
        : $"finished cells cannot be kept here: {e.Message.Split(" (Parameter", 2)[0]}; --resume FILE names another place");

    private string Digest(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{AuditResult.Version}\n{_options}\n{key}")))[..32];

    private void Load()
    {
        if (_stream.Length == 0)
        {
            _stream.Write(Encoding.UTF8.GetBytes($"{FirstLine},\"version\":\"{AuditResult.Version}\"}}\n"));
            _stream.Flush(flushToDisk: true);
            return;
        }

        using var reader = new StreamReader(_stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        if (reader.ReadLine()?.StartsWith(FirstLine, StringComparison.Ordinal) != true)
        {
            throw new InputException(new Mark(Path, 1, 1), "is not a file of finished cells, and it is left alone; choose another name");
        }

        while (reader.ReadLine() is { } line)
        {
            if (ExperimentJson.TryRead(line, out string digest, out ExperimentResult? result))
            {
                _found[digest] = result;
            }
        }

        // A torn line ends without a line break; what follows must begin on a line of its own.
        _stream.Seek(-1, SeekOrigin.End);
        bool isWhole = _stream.ReadByte() == '\n';
        _stream.Seek(0, SeekOrigin.End);
        if (!isWhole)
        {
            _stream.WriteByte((byte)'\n');
        }
    }
}
