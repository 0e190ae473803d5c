namespace Headroom.Simulation.Networks;

/// <summary>
/// What the wire adds to a message: <see cref="HeaderBytes"/> for each packet of at most <see cref="PayloadBytesMax"/> bytes. A message of b
/// bytes, framing included, takes b + max(1, ceil(b / max)) · header bytes. Default: UDP 8 + IPv4 20 + Ethernet header and check sequence 18 around at most 1,472.
/// </summary>
public sealed record PacketFormat
{
    public static PacketFormat UdpOverEthernet { get; } = new() { HeaderBytes = 46, PayloadBytesMax = 1472 };

    /// <summary>
    /// TCP 20 + IPv4 20 + Ethernet 18 around at most 1,460 bytes, and four bytes of length before each message: no options, every message in segments
    /// of its own; acknowledgements and repeats are not counted.
    /// </summary>
    public static PacketFormat TcpOverEthernet { get; } = new() { HeaderBytes = 58, PayloadBytesMax = 1460, FramingBytes = 4 };

    /// <summary>Message bytes alone.</summary>
    public static PacketFormat Bare { get; } = new() { HeaderBytes = 0, PayloadBytesMax = int.MaxValue };

    public required int HeaderBytes { get; init; }

    public required int PayloadBytesMax { get; init; }

    /// <summary>Bytes that mark off each message in a stream.</summary>
    public int FramingBytes { get; init; }

    public long WireBytes(long messageBytes)
    {
        long bytes = messageBytes + FramingBytes;
        long packets = Math.Max(1, (bytes + PayloadBytesMax - 1) / PayloadBytesMax);
        return bytes + (packets * HeaderBytes);
    }
}
