using System.Runtime.CompilerServices;

namespace Headroom.Consensus.Wire;

/// <summary>Reads what <see cref="VarintWriter"/> wrote. After anything malformed all that is read is 0 or empty, and <see cref="IsGood"/> is false.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> from)
{
    private readonly ReadOnlySpan<byte> _from = from;
    private int _at;

    public bool IsGood { get; private set; } = true;

    /// <summary>Everything was read, and was well formed.</summary>
    public readonly bool IsAtEnd => IsGood && _at == _from.Length;

    public readonly int Remaining => _from.Length - _at;

    public byte Byte()
    {
        if (_at < _from.Length)
        {
            return _from[_at++];
        }

        return (byte)Fail();
    }

    /// <summary>Most numbers are small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Number()
    {
        int at = _at;
        if ((uint)at < (uint)_from.Length && _from[at] < 0x80)
        {
            _at = at + 1;
            return _from[at];
        }

        return LongNumber();
    }

    private long LongNumber()
    {
        long value = 0;
        for (int shift = 0; _at < _from.Length && shift < 7 * Varint.LengthMax; shift += 7)
        {
            byte next = _from[_at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                // A last byte of nothing would be a second form of the same number.
                return next == 0 && shift > 0 ? Fail() : value;
            }
        }

        return Fail();
    }

    /// <summary>A number that is at most this.</summary>
    public int Small(int max)
    {
        long value = Number();
        return value <= max ? (int)value : (int)Fail();
    }

    /// <summary>How many parts follow, each of which takes some bytes at least: no more than this, nor than there can be.</summary>
    public int Count(int max, int bytesEach = 1)
    {
        int count = Small(max);
        return count <= Remaining / bytesEach ? count : (int)Fail();
    }

    /// <summary>A place in a row: such that others can follow.</summary>
    public long Place()
    {
        long place = Number();
        return place <= long.MaxValue / 2 ? place : Fail();
    }

    /// <summary>Bytes behind their length.</summary>
    public ReadOnlySpan<byte> Sized() => Bytes(Small(int.MaxValue));

    /// <summary>Bytes behind their length, of the memory that is read.</summary>
    public ReadOnlyMemory<byte> Sized(ReadOnlyMemory<byte> memory, int max = int.MaxValue)
    {
        int length = Small(max);
        int at = memory.Length - Remaining;
        Skip(length);
        return IsGood ? memory.Slice(at, length) : default;
    }

    public ReadOnlySpan<byte> Rest() => Bytes(Remaining);

    public ReadOnlySpan<byte> Bytes(int length)
    {
        int at = _at;
        Skip(length);
        return IsGood ? _from.Slice(at, length) : default;
    }

    public void Skip(int length)
    {
        if (length < 0 || length > Remaining)
        {
            Fail();
        }
        else
        {
            _at += length;
        }
    }

    /// <summary>What was read has a form and no meaning.</summary>
    public void Refuse() => Fail();

    private long Fail()
    {
        IsGood = false;
        _at = _from.Length;
        return 0;
    }
}
