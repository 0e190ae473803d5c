using Headroom.Dissemination.Broadcasts;

namespace Headroom.Lab.Sockets;

/// <summary>One broadcast over real sockets: the outcome as the simulator gives it, and what only a real run knows.</summary>
public sealed record LabRun
{
    public required BroadcastOutcome Outcome { get; init; }

    /// <summary>Datagrams or writes handed to the kernel; messages that share one are counted once.</summary>
    public required long Packets { get; init; }

    /// <summary>Packets that the kernel would not take, such as datagrams to a closed port.</summary>
    public required long Refused { get; init; }

    /// <summary>Packets handed to the kernel that never came out of it at a live member.</summary>
    public required long Vanished { get; init; }

    /// <summary>The run was still busy when its time was up.</summary>
    public required bool WasCutOff { get; init; }

    /// <summary>For how long the members' clock stood still while the machine was busy elsewhere; never with members in several processes.</summary>
    public required TimeSpan StoodStill { get; init; }

    /// <summary>The longest time for which the machine was busy elsewhere. With members in several processes a member may have taken it for another's silence.</summary>
    public required TimeSpan LongestStall { get; init; }

    /// <summary>Every delivery, each member's in its order.</summary>
    public required IReadOnlyList<Handover> Handovers { get; init; }
}
