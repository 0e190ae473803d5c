namespace Headroom.Lab.Sockets;

internal enum ArrivalKind : byte
{
    Message,

    /// <summary>The connection with the peer broke, or could not be opened.</summary>
    LinkDown,

    /// <summary>The member's disk has news.</summary>
    Disk,
}

/// <summary>What a socket brought to a member: a packet (owned by the receiver from then on), or news of a link.</summary>
internal readonly record struct Arrival(ArrivalKind Kind, int To, int From, byte[] Packet);
