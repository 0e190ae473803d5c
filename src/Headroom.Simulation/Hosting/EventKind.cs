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
}
