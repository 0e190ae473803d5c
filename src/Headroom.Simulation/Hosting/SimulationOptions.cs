using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Hosting;

/// <summary>Everything that, with the processes, determines a run.</summary>
public sealed record SimulationOptions
{
    public required NetworkOptions Network { get; init; }

    public required Seed Seed { get; init; }

    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>How long a record takes to become durable.</summary>
    public long DurabilityNs { get; init; }

    /// <summary>How far each member's clock is off; null when all are right.</summary>
    public IReadOnlyList<long>? ClockOffsetsNs { get; init; }

    /// <summary>The uncertainty that clocks state.</summary>
    public long ClockUncertaintyNs { get; init; }

    /// <summary>Looked at every few thousand events.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The run stops after so many events, and says that it did.</summary>
    public long EventsMax { get; init; } = long.MaxValue;
}
