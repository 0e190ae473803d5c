using Headroom.Audit.Reading;
using Headroom.Audit.Report;

namespace Headroom.Cli;

/// <summary>The JSON of the last audit in the user's cache folder, so that <c>explain</c> needs no file. Losing it loses nothing.</summary>
internal static class LastAudit
{
    public static string Path { get; } = System.IO.Path.Combine(Folder(), "headroom", "last-audit.json");

    public static void Save(byte[] json)
    {
        try
        {
            _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            WholeFile.Write(Path, json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InputException)
        {
            // A read-only home is no reason to fail an audit.
        }
    }

    private static string Folder()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(cache)
            ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
            : cache;
    }
}
