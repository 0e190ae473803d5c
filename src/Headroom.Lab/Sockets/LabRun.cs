using Headroom.Dissemination.Broadcasts;

namespace Headroom.Lab.Sockets;

/// <summary>One broadcast over real sockets: the outcome as the simulator gives it, and what only a real run knows.</summary>
public sealed record LabRun
{
    public required BroadcastOutcome Outcome { get; init; }

    /// <summary>Copies that the kernel would not take, such as datagrams to a closed port.</summary>
    public required long Refused { get; init; }

    /// <summary>Copies handed to the kernel that never came out of it at a live member.</summary>
    public required long Vanished { get; init; }

    /// <summary>The run was still busy when its time was up.</summary>
    public required bool WasCutOff { get; init; }
}
