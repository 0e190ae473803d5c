using Headroom.Information.Codecs;

namespace Headroom.Information.ContextTrees;

/// <summary>
/// Context-tree weighting as a codec: a fresh tree for every string, its bits through an arithmetic coder of 48 to 56 bits of range, behind the string's
/// length as in <see cref="Framing"/>. It proves that the ideal length of <see cref="CodeLength"/> is reached: at most 9 bytes and 1/10,000 above it.
/// </summary>
public sealed class ContextTreeCodec(ContextTreeOptions options) : Codec
{
    private readonly ContextTree _tree = new(options);

    public override string Name => $"ctw({options.ContextBytes[^1]})";

    public override string Library => "context-tree weighting of Headroom";

    /// <summary>Order 0 alone, of weight one half in each of 255 nodes, costs at most half a logarithm and four bits a node above the bits as they are.</summary>
    public override int BoundOf(int length) => checked(length + (length / 1024) + 1024);

    public override int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int at = Framing.WritePrefix(destination, source.Length);
        var encoder = new ArithmeticEncoder(destination[at..]);
        _tree.Reset();
        foreach (byte value in source)
        {
            for (int i = 7; i >= 0; i--)
            {
                int bit = (value >> i) & 1;
                encoder.Encode(bit, _tree.PredictOne());
                _tree.Update(bit);
            }
        }

        return at + (source.IsEmpty ? 0 : encoder.Finish());
    }

    public override int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!Framing.TryReadPrefix(source, out int length, out int at) || length > destination.Length)
        {
            throw new InvalidDataException("no string of this codec, or the destination is too small");
        }

        var decoder = new ArithmeticDecoder(source[at..]);
        _tree.Reset();
        for (int n = 0; n < length; n++)
        {
            int value = 0;
            for (int i = 0; i < 8; i++)
            {
                int bit = decoder.Decode(_tree.PredictOne());
                _tree.Update(bit);
                value = (value << 1) | bit;
            }

            destination[n] = (byte)value;
        }

        return length;
    }
}
