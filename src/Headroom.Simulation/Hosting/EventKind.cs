namespace Headroom.Simulation.Hosting;

/// <summary>What an event of the host means.</summary>
internal enum EventKind : byte
{
    /// <summary>A copy reaches its receiver's line.</summary>
    Arrival,

    /// <summary>The receiver's line has taken a copy in.</summary>
    TakenIn,
    Timer,
    Request,
    Durable,
    Fault,

    /// <summary>A slow or waiting member takes in the next of what waits for it.</summary>
    Work,

    /// <summary>A sender learns that its peer is dead.</summary>
    DeadPeer,

    /// <summary>A member is told that a link is down, or up; these wait, and are never scheduled.</summary>
    LinkDown,
    LinkUp,
}
