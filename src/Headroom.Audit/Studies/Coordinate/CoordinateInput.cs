using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Who elects, over which links, how often, and what locks are wanted.</summary>
public sealed record CoordinateInput
{
    public required CoordinateLinks Links { get; init; }

    /// <summary>How links behave; the topology is that of the links, whatever is stated.</summary>
    public required NetworkOptions Network { get; init; }

    public required double FailuresPerSecond { get; init; }

    public required long TimeOutNs { get; init; }

    public required long HeartbeatNs { get; init; }

    /// <summary>99 of 100 times all know the next leader within; null for any time.</summary>
    public double? WithinSeconds { get; init; }

    public double? LockP99Seconds { get; init; }

    public double? HandoverSeconds { get; init; }

    public required ElectionWay Now { get; init; }

    public required IReadOnlyList<ElectionWay> Others { get; init; }

    public CoordinateLocking? Locking { get; init; }
}
