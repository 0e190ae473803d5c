namespace Headroom.Information.Codecs;

/// <summary>No compression: the bytes as they are. Its end is known from the framing alone.</summary>
public sealed class StoredCodec : Codec
{
    public override string Name => "none";

    public override string Library => "bytes as they are";

    public override int BoundOf(int length) => length;

    public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return source.Length;
    }

    public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length > destination.Length)
        {
            throw new InvalidDataException("the destination is too small");
        }

        source.CopyTo(destination);
        return source.Length;
    }
}
