using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Gossip;

/// <summary>How push gossip spreads: to how many peers each time, how often, and how many times.</summary>
public sealed record PushOptions
{
    public required Topology Topology { get; init; }

    /// <summary>Peers a member sends to each time, drawn without repetition from its links; fewer where it has fewer.</summary>
    public required int Fanout { get; init; }

    /// <summary>How many times a member forwards: 1 is infect and die.</summary>
    public required int Times { get; init; }

    /// <summary>Time between two forwardings of one member.</summary>
    public required long PeriodNs { get; init; }

    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Topology);
        ArgumentOutOfRangeException.ThrowIfLessThan(Fanout, 1, nameof(Fanout));
        ArgumentOutOfRangeException.ThrowIfLessThan(Times, 1, nameof(Times));
        ArgumentOutOfRangeException.ThrowIfLessThan(PeriodNs, 1, nameof(PeriodNs));
    }
}
