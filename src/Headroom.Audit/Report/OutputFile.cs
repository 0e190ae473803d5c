using Headroom.Audit.Reading;

namespace Headroom.Audit.Report;

/// <summary>Writes a file whole or not at all.</summary>
public static class OutputFile
{
    /// <summary>Refuses early, before long work: a directory, a folder that does not exist, a file that is an input.</summary>
    /// <exception cref="InputException">Why it cannot be written.</exception>
    public static void Check(string path, IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var mark = new Mark(path, 0, 0);
        if (path.Length == 0)
        {
            throw new InputException(new Mark("an output", 0, 0), "the name of the file is empty");
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new InputException(mark, "this is a directory; the name of a file is expected");
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new InputException(mark, "the folder does not exist");
        }

        string real = Resolve(full);
        if (inputs.Any(input => Resolve(input) == real))
        {
            throw new InputException(mark, "this file is an input; it is not overwritten");
        }
    }

    /// <summary>Writes to a temporary file beside the target and renames it; on any failure the temporary file is gone.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new Mark(path, 0, 0), $"cannot be written: {e.Message}");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
