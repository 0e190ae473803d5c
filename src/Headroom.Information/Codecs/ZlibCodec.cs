using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Headroom.Information.Codecs;

/// <summary>Deflate (RFC 1951), bare or in gzip's wrapping (RFC 1952: 18 bytes more, with a checksum), by the base library's zlib-ng.</summary>
public sealed class ZlibCodec : Codec
{
    private readonly bool _gzip;
    private readonly ZLibCompressionOptions _options;
    private readonly MemoryStream _output = new();

    private ZlibCodec(bool gzip, int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 9);
        _gzip = gzip;
        _options = new ZLibCompressionOptions { CompressionLevel = level };
        Name = $"{(gzip ? "gzip" : "deflate")}({level})";
    }

    public override string Name { get; }

    public override string Library => $"zlib-ng of {RuntimeInformation.FrameworkDescription}";

    public static ZlibCodec Gzip(int level) => new(true, level);

    public static ZlibCodec Deflate(int level) => new(false, level);

    /// <summary>Stored blocks of 65,535 bytes take five bytes each; zlib-ng's fastest level may take an eighth more; and the wrapping.</summary>
    public override int BoundOf(int length) => checked(length + (length / 8) + 64);

    public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        _output.SetLength(0);
        using (Stream stream = _gzip ? new GZipStream(_output, _options, leaveOpen: true) : new DeflateStream(_output, _options, leaveOpen: true))
        {
            stream.Write(source);
        }

        // The base library writes nothing at all for nothing: an empty string still needs its end.
        if (_output.Length == 0)
        {
            _output.Write(_gzip ? [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0] : [3, 0]);
        }

        int length = (int)_output.Length;
        _output.GetBuffer().AsSpan(0, length).CopyTo(destination);
        return length;
    }

    public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        _output.SetLength(0);
        _output.Write(source);
        _output.Position = 0;
        using Stream stream = _gzip ? new GZipStream(_output, CompressionMode.Decompress, leaveOpen: true) : new DeflateStream(_output, CompressionMode.Decompress, leaveOpen: true);
        int length = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException("the destination is too small");
        }

        return length;
    }

    protected override void Dispose(bool disposing)
    {
        _output.Dispose();
        base.Dispose(disposing);
    }
}
