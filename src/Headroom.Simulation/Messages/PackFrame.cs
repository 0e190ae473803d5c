namespace Headroom.Simulation.Messages;

/// <summary>
/// How messages that share packets lie on the wire: the bytes 80 00, with which no <see cref="WireFrame"/> begins, then each message behind its length (a base-128
/// number, low seven bits first). A message that shares with no other lies there as it is. The simulator counts the same bytes.
/// </summary>
public static class PackFrame
{
    /// <summary>A pack is no longer than fits a datagram; what does not fit begins another.</summary>
    public const int BytesMax = 60_000;

    /// <summary>What a pack begins with.</summary>
    public const int MarkBytes = 2;

    public static bool IsPack(ReadOnlySpan<byte> frame) => frame is [0x80, 0x00, ..];

    /// <summary>Writes the mark of a pack and gives the bytes written.</summary>
    public static int WriteMark(Span<byte> into)
    {
        (into[0], into[1]) = (0x80, 0x00);
        return MarkBytes;
    }

    /// <summary>Writes the length of the message that follows and gives the bytes written.</summary>
    public static int WriteLength(Span<byte> into, int messageBytes)
    {
        int at = 0;
        for (; messageBytes >= 0x80; messageBytes >>= 7)
        {
            into[at++] = (byte)(messageBytes | 0x80);
        }

        into[at] = (byte)messageBytes;
        return at + 1;
    }

    /// <summary>Bytes that <see cref="WriteLength"/> writes.</summary>
    public static int LengthBytes(long messageBytes) => messageBytes < 1 << 7 ? 1 : messageBytes < 1 << 14 ? 2 : messageBytes < 1 << 21 ? 3 : 4;

    /// <summary>Takes the next message off what follows the mark; false at the end, or where none begins.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> message)
    {
        message = default;
        int length = 0;
        for (int at = 0; at < rest.Length && at < 3; at++)
        {
            length |= (rest[at] & 0x7F) << (7 * at);
            if (rest[at] >= 0x80)
            {
                continue;
            }

            if (rest.Length - at - 1 < length)
            {
                return false;
            }

            message = rest.Slice(at + 1, length);
            rest = rest[(at + 1 + length)..];
            return true;
        }

        return false;
    }
}
