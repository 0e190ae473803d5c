namespace Headroom.Lab.Sockets;

/// <summary>What carries messages between members.</summary>
public enum Transport
{
    /// <summary>A datagram a message: at most 65,000 bytes; the kernel may drop.</summary>
    Udp,

    /// <summary>A connection for each sender and receiver, opened by the first message; each message behind its length.</summary>
    Tcp,
}
