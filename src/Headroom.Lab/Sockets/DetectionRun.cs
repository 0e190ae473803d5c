using Headroom.Dissemination.Detection;

namespace Headroom.Lab.Sockets;

/// <summary>One crash over real sockets: the outcome as the simulator gives it, and what only a real run knows.</summary>
public sealed record DetectionRun
{
    public required DetectionOutcome Outcome { get; init; }

    /// <summary>For how long the members' clock stood still while the machine was busy elsewhere; never with members in several processes.</summary>
    public required TimeSpan StoodStill { get; init; }

    /// <summary>The longest time for which the machine was busy elsewhere. With members in several processes a member may have taken it for another's silence.</summary>
    public required TimeSpan LongestStall { get; init; }
}
