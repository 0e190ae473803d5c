namespace Headroom.Simulation.Messages;

/// <summary>
/// How a message lies on the wire, in a datagram or behind a stream's length prefix: the head's length as a base-128 number (low seven bits
/// first, the high bit set on all but the last byte), the head, then the body up to the end. The simulator counts the same bytes.
/// </summary>
public static class WireFrame
{
    /// <summary>The longest head that fits two bytes of length.</summary>
    public const int HeadBytesMax = (1 << 14) - 1;

    /// <summary>Bytes of a message with a head and a body of these lengths: 1 (2 from a head of 128 bytes on) + head + body.</summary>
    public static long Length(int headBytes, long bodyBytes) => (headBytes < 0x80 ? 1 : 2) + headBytes + bodyBytes;

    /// <summary>Writes a message and gives the bytes written.</summary>
    /// <exception cref="ArgumentException">The head is longer than <see cref="HeadBytesMax"/>, or the room too small.</exception>
    public static int Write(Span<byte> into, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(head.Length, HeadBytesMax, nameof(head));
        int at = 0;
        if (head.Length >= 0x80)
        {
            into[at++] = (byte)(head.Length | 0x80);
            into[at++] = (byte)(head.Length >> 7);
        }
        else
        {
            into[at++] = (byte)head.Length;
        }

        head.CopyTo(into[at..]);
        body.CopyTo(into[(at + head.Length)..]);
        return at + head.Length + body.Length;
    }

    /// <summary>Splits a message; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> body)
    {
        head = body = default;
        if (message.IsEmpty)
        {
            return false;
        }

        int length = message[0] & 0x7F;
        int at = 1;
        if (message[0] >= 0x80)
        {
            // A second byte with its high bit set, or one that a single byte would have held, is not ours.
            if (message.Length < 2 || message[1] is 0 or >= 0x80)
            {
                return false;
            }

            length |= message[1] << 7;
            at = 2;
        }

        if (message.Length - at < length)
        {
            return false;
        }

        head = message.Slice(at, length);
        body = message[(at + length)..];
        return true;
    }
}
