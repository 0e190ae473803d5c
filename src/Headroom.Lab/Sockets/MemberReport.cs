using Headroom.Dissemination.Detection;

namespace Headroom.Lab.Sockets;

/// <summary>When and after how many hops of the payload one member first delivered; in nanoseconds since counting began.</summary>
public sealed record MemberDelivery(int Member, long TimeNs, int Hops);

/// <summary>A member delivered a body; its number is that of the request with which it was made.</summary>
public sealed record Handover(int Member, int Request, long TimeNs);

/// <summary>A member holds another for something else now.</summary>
public sealed record StatusChange(int Member, int Subject, MemberStatus Status, long TimeNs);

/// <summary>What the members of one process did since counting began.</summary>
public sealed record MemberReport
{
    public required long Messages { get; init; }

    public required long PayloadCopies { get; init; }

    public required long PayloadCopiesReceived { get; init; }

    public required long WireBytes { get; init; }

    /// <summary>Copies that our links lost.</summary>
    public required long Lost { get; init; }

    /// <summary>Datagrams or writes that the kernel would not take.</summary>
    public required long Refused { get; init; }

    /// <summary>Datagrams or writes handed to the kernel, and those that came out of it; the difference was dropped there or is on its way.</summary>
    public required long PutOnSockets { get; init; }

    public required long TakenFromSockets { get; init; }

    /// <summary>For how long the members' clock stood still while the machine was not there.</summary>
    public required long StoodStillNs { get; init; }

    /// <summary>The longest time for which the machine was not there.</summary>
    public required long LongestStallNs { get; init; }

    public required IReadOnlyList<MemberDelivery> Deliveries { get; init; }

    /// <summary>All deliveries, each member's in its order.</summary>
    public required IReadOnlyList<Handover> Handovers { get; init; }

    public required IReadOnlyList<StatusChange> Changes { get; init; }
}
