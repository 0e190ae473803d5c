using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>Brotli (RFC 7932) by the base library. Every decoder holds its static dictionary of 122,784 bytes, mostly words of the web, which is not counted.</summary>
public sealed class BrotliCodec : Codec
{
    private const int WindowBits = 22;
    private readonly int _quality;

    public BrotliCodec(int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 11);
        _quality = quality;
    }

    public override string Name => $"brotli({_quality})";

    public override string Library => $"Brotli of {RuntimeInformation.FrameworkDescription}, window 2^{WindowBits}";

    public override int BoundOf(int length) => BrotliEncoder.GetMaxCompressedLength(length) + 16;

    public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination) =>
        BrotliEncoder.TryCompress(source, destination, out int written, _quality, WindowBits)
            ? written
            : throw new ArgumentException("the destination is smaller than the bound", nameof(destination));

    public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination) =>
        BrotliDecoder.TryDecompress(source, destination, out int written)
            ? written
            : throw new InvalidDataException("no Brotli stream, or the destination is too small");
}
