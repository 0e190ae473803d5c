namespace Headroom.Lab.Sockets;

/// <summary>When and after how many hops of the payload one member delivered; in nanoseconds since the broadcast was asked for.</summary>
public sealed record MemberDelivery(int Member, long TimeNs, int Hops);

/// <summary>What the members of one process did since the broadcast was asked for.</summary>
public sealed record MemberReport
{
    public required long Messages { get; init; }

    public required long PayloadCopies { get; init; }

    public required long PayloadCopiesReceived { get; init; }

    public required long WireBytes { get; init; }

    /// <summary>Copies that our links lost.</summary>
    public required long Lost { get; init; }

    /// <summary>Copies that the kernel would not take.</summary>
    public required long Refused { get; init; }

    /// <summary>Copies handed to the kernel, and those that came out of it; the difference was dropped there or is on its way.</summary>
    public required long PutOnSockets { get; init; }

    public required long TakenFromSockets { get; init; }

    public required IReadOnlyList<MemberDelivery> Deliveries { get; init; }
}
