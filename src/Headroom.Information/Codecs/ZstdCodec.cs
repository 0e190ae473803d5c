using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>
/// Zstandard (RFC 8878) by the system's library, optionally with a dictionary. Frames carry the content size, no checksum and no dictionary
/// id: both ends know which dictionary is in force.
/// </summary>
public sealed class ZstdCodec : Codec
{
    private readonly ZstdCompressor _compressor;
    private readonly ZstdDecompressor _decompressor;

    /// <exception cref="InvalidOperationException">The library is absent (<see cref="ZstdLibrary.Problem"/>) or refuses the dictionary.</exception>
    public ZstdCodec(int level, ZstdDictionary? dictionary = null)
    {
        if (ZstdLibrary.Problem is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        (int min, int max) = ZstdLibrary.Levels;
        ArgumentOutOfRangeException.ThrowIfLessThan(level, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, max);
        if (dictionary?.Problem is not null)
        {
            throw new InvalidOperationException(dictionary.Problem);
        }

        Name = dictionary is null ? $"zstd({level})" : $"zstd+dictionary({dictionary.Bytes.Length} B, {level})";
        SharedBytes = dictionary?.Bytes.Length ?? 0;
        _compressor = new ZstdCompressor();
        _decompressor = new ZstdDecompressor();
        nint compressor = _compressor.DangerousGetHandle();
        Check(ZstdNative.ZSTD_CCtx_setParameter(compressor, ZstdNative.CompressionLevel, level));
        Check(ZstdNative.ZSTD_CCtx_setParameter(compressor, ZstdNative.DictionaryIdFlag, 0));
        if (dictionary is not null)
        {
            ReadOnlySpan<byte> bytes = dictionary.Bytes.Span;
            Check(ZstdNative.ZSTD_CCtx_loadDictionary(compressor, bytes, (nuint)bytes.Length));
            Check(ZstdNative.ZSTD_DCtx_loadDictionary(_decompressor.DangerousGetHandle(), bytes, (nuint)bytes.Length));
        }
    }

    public override string Name { get; }

    public override string Library => ZstdLibrary.Version;

    public override int SharedBytes { get; }

    public override int BoundOf(int length) => checked((int)ZstdNative.ZSTD_compressBound((nuint)length));

    public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        nuint written = ZstdNative.ZSTD_compress2(_compressor.DangerousGetHandle(), destination, (nuint)destination.Length, source, (nuint)source.Length);
        GC.KeepAlive(_compressor);
        return ZstdNative.ZSTD_isError(written) == 0 ? (int)written : throw new ArgumentException(ErrorName(written), nameof(destination));
    }

    public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        nuint written = ZstdNative.ZSTD_decompressDCtx(_decompressor.DangerousGetHandle(), destination, (nuint)destination.Length, source, (nuint)source.Length);
        GC.KeepAlive(_decompressor);
        return ZstdNative.ZSTD_isError(written) == 0 ? (int)written : throw new InvalidDataException(ErrorName(written));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _compressor.Dispose();
            _decompressor.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Check(nuint code)
    {
        if (ZstdNative.ZSTD_isError(code) != 0)
        {
            throw new InvalidOperationException(ErrorName(code));
        }
    }

    private static string ErrorName(nuint code) => $"zstd: {Marshal.PtrToStringUTF8(ZstdNative.ZSTD_getErrorName(code))}";
}
