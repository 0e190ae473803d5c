using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>The system's libzstd: whether it is there, and which one.</summary>
public static class ZstdLibrary
{
    private static readonly Lazy<(string? Version, string? Problem)> State = new(Probe);

    /// <summary>Why zstd cannot be used on this machine, and what would help; or null.</summary>
    public static string? Problem => State.Value.Problem;

    public static bool IsAvailable => Problem is null;

    /// <summary>For provenance: <c>libzstd 1.5.4</c>.</summary>
    public static string Version => State.Value.Version ?? "no libzstd";

    /// <summary>The levels that the library takes.</summary>
    public static (int Min, int Max) Levels => IsAvailable ? (ZstdNative.ZSTD_minCLevel(), ZstdNative.ZSTD_maxCLevel()) : (1, 22);

    private static (string?, string?) Probe()
    {
        // Loaded once and kept: the imports below resolve to it.
        if (!NativeLibrary.TryLoad(ZstdNative.Library, out _))
        {
            return (null, $"{ZstdNative.Library} was not found: install zstd's library (Debian and Ubuntu: libzstd1; Fedora: libzstd)");
        }

        try
        {
            return ($"libzstd {Marshal.PtrToStringUTF8(ZstdNative.ZSTD_versionString())}", null);
        }
        catch (EntryPointNotFoundException)
        {
            return (null, $"{ZstdNative.Library} is no zstd library of version 1.4 or later");
        }
    }
}
