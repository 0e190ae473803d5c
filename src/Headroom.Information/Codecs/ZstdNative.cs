using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>The stable functions of libzstd that are used here (zstd.h and zdict.h, unchanged since 1.4).</summary>
internal static partial class ZstdNative
{
    public const string Library = "libzstd.so.1";

    public const int CompressionLevel = 100;

    public const int DictionaryIdFlag = 202;

    [LibraryImport(Library)]
    public static partial nint ZSTD_versionString();

    [LibraryImport(Library)]
    public static partial int ZSTD_maxCLevel();

    [LibraryImport(Library)]
    public static partial int ZSTD_minCLevel();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_compressBound(nuint sourceLength);

    [LibraryImport(Library)]
    public static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    public static partial nint ZSTD_getErrorName(nuint code);

    [LibraryImport(Library)]
    public static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    public static partial nint ZSTD_createDCtx();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_CCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_CCtx_loadDictionary(nint context, ReadOnlySpan<byte> dictionary, nuint length);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_DCtx_loadDictionary(nint context, ReadOnlySpan<byte> dictionary, nuint length);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_compress2(nint context, Span<byte> destination, nuint capacity, ReadOnlySpan<byte> source, nuint length);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_decompressDCtx(nint context, Span<byte> destination, nuint capacity, ReadOnlySpan<byte> source, nuint length);

    [LibraryImport(Library)]
    public static partial nuint ZDICT_trainFromBuffer(Span<byte> dictionary, nuint capacity, ReadOnlySpan<byte> samples, ReadOnlySpan<nuint> sizes, uint count);

    [LibraryImport(Library)]
    public static partial uint ZDICT_isError(nuint code);

    [LibraryImport(Library)]
    public static partial nint ZDICT_getErrorName(nuint code);
}
