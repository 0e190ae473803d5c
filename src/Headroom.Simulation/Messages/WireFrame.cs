namespace Headroom.Simulation.Messages;

/// <summary>
/// How a message lies on the wire, in a datagram or behind a stream's length prefix: the head's length as a base-128 number (low seven bits
/// first, the high bit set on all but the last byte), the head, then the body up to the end. The simulator counts the same bytes.
/// </summary>
public static class WireFrame
{
    /// <summary>The longest head that fits four bytes of length.</summary>
    public const int HeadBytesMax = (1 << 28) - 1;

    private const int LengthBytesMax = 4;

    /// <summary>Bytes of a message with a head and a body of these lengths: 1 (one more from heads of 128, 16,384 and 2,097,152 bytes on) + head + body.</summary>
    public static long Length(int headBytes, long bodyBytes) => LengthBytes(headBytes) + headBytes + bodyBytes;

    /// <summary>Bytes that say the length of such a head.</summary>
    public static int LengthBytes(int headBytes) => headBytes < 1 << 7 ? 1 : headBytes < 1 << 14 ? 2 : headBytes < 1 << 21 ? 3 : LengthBytesMax;

    /// <summary>Writes a message and gives the bytes written.</summary>
    /// <exception cref="ArgumentException">The head is longer than <see cref="HeadBytesMax"/>, or the room too small.</exception>
    public static int Write(Span<byte> into, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(head.Length, HeadBytesMax, nameof(head));
        int at = 0;
        int left = head.Length;
        for (; left >= 0x80; left >>= 7)
        {
            into[at++] = (byte)(left | 0x80);
        }

        into[at++] = (byte)left;
        head.CopyTo(into[at..]);
        body.CopyTo(into[(at + head.Length)..]);
        return at + head.Length + body.Length;
    }

    /// <summary>Splits a message; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> body)
    {
        head = body = default;
        int length = 0;
        int at = 0;
        byte part;
        do
        {
            if (at == message.Length || at == LengthBytesMax)
            {
                return false;
            }

            part = message[at];
            length |= (part & 0x7F) << (7 * at++);
        }
        while (part >= 0x80);

        // A last byte of zero says what one byte fewer would have held: it is not ours.
        if ((at > 1 && part == 0) || message.Length - at < length)
        {
            return false;
        }

        head = message.Slice(at, length);
        body = message[(at + length)..];
        return true;
    }
}
