using System.Runtime.InteropServices;

namespace Headroom.Lab.Storage;

/// <summary>Makes the names in a folder durable: a file that took another's name has it after a power cut only when its folder was flushed too (fsync(2) of the folder). Where folders cannot be flushed nothing is done.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The folder cannot be opened, or its flush failed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int file = OpenFile(folder, ReadOnly);
        if (file < 0)
        {
            throw new IOException($"{folder}: cannot be opened: error {Marshal.GetLastPInvokeError()}");
        }

        int result = Synchronise(file);
        int error = Marshal.GetLastPInvokeError();
        _ = CloseFile(file);
        if (result < 0)
        {
            throw new IOException($"{folder}: cannot be flushed: error {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int file);
}
