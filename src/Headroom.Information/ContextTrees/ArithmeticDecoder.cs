namespace Headroom.Information.ContextTrees;

/// <summary>The other end of <see cref="ArithmeticEncoder"/>. Beyond its source it reads zeros.</summary>
internal ref struct ArithmeticDecoder
{
    private readonly ReadOnlySpan<byte> _source;
    private ulong _offset;
    private ulong _range = (1UL << 56) - 1;
    private int _read;

    public ArithmeticDecoder(ReadOnlySpan<byte> source)
    {
        _source = source;
        for (int i = 0; i < 7; i++)
        {
            _offset = (_offset << 8) | Next();
        }
    }

    public int Decode(double probabilityOfOne)
    {
        ulong split = ArithmeticEncoder.Split(_range, probabilityOfOne);
        int bit = _offset < split ? 1 : 0;
        if (bit == 1)
        {
            _range = split;
        }
        else
        {
            _offset -= split;
            _range -= split;
        }

        while (_range < 1UL << 48)
        {
            _offset = (_offset << 8) | Next();
            _range <<= 8;
        }

        return bit;
    }

    private byte Next() => _read < _source.Length ? _source[_read++] : (byte)0;
}
