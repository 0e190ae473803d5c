namespace Headroom.Information.Codecs;

/// <summary>
/// What a receiver needs to tell messages apart before it decodes them: in front of each message its length in bytes, seven bits to a byte, the
/// least significant first (LEB128). The rule is the same for every strategy, "none" too, though some codecs could do without.
/// </summary>
public static class Framing
{
    /// <summary>Bytes of the prefix for a payload of that length.</summary>
    public static int PrefixBytes(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int bytes = 1;
        for (int rest = length >> 7; rest > 0; rest >>= 7)
        {
            bytes++;
        }

        return bytes;
    }

    /// <summary>Writes the prefix; returns its bytes.</summary>
    public static int WritePrefix(Span<byte> destination, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int i = 0;
        for (; length >= 0x80; length >>= 7)
        {
            destination[i++] = (byte)(length | 0x80);
        }

        destination[i++] = (byte)length;
        return i;
    }

    /// <summary>Reads a prefix; false where the source is cut short or the length exceeds 2^31 - 1.</summary>
    public static bool TryReadPrefix(ReadOnlySpan<byte> source, out int length, out int prefixBytes)
    {
        long value = 0;
        length = 0;
        for (prefixBytes = 0; prefixBytes < source.Length && prefixBytes < 5;)
        {
            byte next = source[prefixBytes];
            value |= (long)(next & 0x7F) << (7 * prefixBytes++);
            if (next < 0x80)
            {
                length = value <= int.MaxValue ? (int)value : 0;
                return value <= int.MaxValue;
            }
        }

        return false;
    }
}
