using Headroom.Audit.Reading;

namespace Headroom.Audit.Report;

/// <summary>Writes a file whole or not at all: into a temporary file beside it, then renamed over it.</summary>
public static class WholeFile
{
    private const int ChunkBytes = 1 << 16;
    private static readonly string[] DeviceFolders = ["/dev/", "/proc/", "/sys/"];

    /// <summary>Refuses early, before long work: a directory, a device, a folder that does not exist, a file that is an input.</summary>
    /// <param name="path">Where something would go.</param>
    /// <param name="inputs">Full paths of the files that are read.</param>
    /// <param name="example">A file's name to suggest where a directory was given.</param>
    /// <param name="standardOutput">What is typed to have it on standard output.</param>
    /// <exception cref="InputException">Why nothing may be written there.</exception>
    public static void Check(string path, IEnumerable<string> inputs, string example = "headroom.json", string standardOutput = "--json alone")
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (string.IsNullOrEmpty(path))
        {
            throw new InputException(new Mark("an output", 0, 0), "the name of the file is empty");
        }

        string target = Resolve(path);
        if (Directory.Exists(target))
        {
            throw new InputException(new Mark(path, 0, 0), "is a directory; name a file, such as " + Path.Combine(path, example));
        }

        if (IsDevice(target))
        {
            throw new InputException(new Mark(path, 0, 0), "is a device or a pipe, and outputs appear by renaming a file; for standard output write " + standardOutput);
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new InputException(new Mark(path, 0, 0), $"there is no directory {Path.GetDirectoryName(target)}; create it or choose another place");
        }

        if (inputs.Any(input => Resolve(input) == target))
        {
            throw new InputException(new Mark(path, 0, 0), "is a file that the audit reads; it is not written over");
        }

        string probe = TemporaryBeside(target);
        try
        {
            using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(new Mark(path, 0, 0), $"cannot be written: {Reason(target, e)}");
        }
    }

    /// <exception cref="InputException">The place cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what stood there before stands there still.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, CancellationToken cancellation = default)
    {
        string target = Resolve(path);
        string temporary = TemporaryBeside(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                for (int at = 0; at < content.Length; at += ChunkBytes)
                {
                    cancellation.ThrowIfCancellationRequested();
                    stream.Write(content[at..Math.Min(content.Length, at + ChunkBytes)]);
                }

                stream.Flush(flushToDisk: true);
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new InputException(new Mark(path, 0, 0), $"cannot be written: {Reason(target, e)}");
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>The full path behind symbolic links: the link stays and what it points to is replaced.</summary>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    /// <summary>Renaming over <c>/dev/null</c> would put a file in its place.</summary>
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows() && Array.Exists(DeviceFolders, folder => target.StartsWith(folder, StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal));

    private static string TemporaryBeside(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");

    private static string Reason(string target, Exception e) =>
        Directory.Exists(target) ? "it is a directory"
        : !Directory.Exists(Path.GetDirectoryName(target)) ? $"there is no directory {Path.GetDirectoryName(target)}"
        : e is UnauthorizedAccessException ? "permission is denied"
        : e.Message;

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell.
        }
    }
}
