namespace Headroom.Information.ContextTrees;

/// <summary>
/// A binary arithmetic coder ([rissanen1979]): the interval [low, low + range) shrinks to the part of the coded bit. The range holds 48 to 56 bits, so
/// probabilities of 32 bits lose at most 2^-16 of a bit each; a carry runs back into bytes already written.
/// </summary>
internal ref struct ArithmeticEncoder(Span<byte> destination)
{
    private const ulong Whole = 1UL << 56;
    private readonly Span<byte> _destination = destination;
    private ulong _low;
    private ulong _range = Whole - 1;
    private int _written;

    public void Encode(int bit, double probabilityOfOne)
    {
        ulong split = Split(_range, probabilityOfOne);
        if (bit == 1)
        {
            _range = split;
        }
        else
        {
            _low += split;
            _range -= split;
        }

        while (_range < 1UL << 48)
        {
            ShiftOut();
        }
    }

    /// <summary>Writes as many bytes as it takes to name one point of the interval; returns the bytes written in all. Zero bytes at the end are left off.</summary>
    public int Finish()
    {
        // The point of the interval with the most trailing zero bits: the decoder reads zeros beyond the end.
        for (int zeros = 55; zeros >= 0; zeros--)
        {
            ulong step = 1UL << zeros;
            ulong point = (_low + step - 1) & ~(step - 1);
            if (point - _low < _range)
            {
                _low = point;
                break;
            }
        }

        while (_low != 0)
        {
            ShiftOut();
        }

        while (_written > 0 && _destination[_written - 1] == 0)
        {
            _written--;
        }

        return _written;
    }

    /// <summary>The part of the range that belongs to a one: at least 1, less than all.</summary>
    internal static ulong Split(ulong range, double probabilityOfOne)
    {
        ulong p = Math.Clamp((ulong)(probabilityOfOne * 4294967296.0), 1, 4294967295);
        return (range >> 32) * p;
    }

    private void ShiftOut()
    {
        if (_low >= Whole)
        {
            for (int i = _written - 1; ++_destination[i] == 0; i--)
            {
            }

            _low -= Whole;
        }

        _destination[_written++] = (byte)(_low >> 48);
        _low = (_low & ((1UL << 48) - 1)) << 8;
        _range <<= 8;
    }
}
