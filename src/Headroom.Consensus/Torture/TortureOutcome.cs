using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>What comes of one seed, whatever is tortured. The same for the same seed and options on any machine.</summary>
public abstract record TortureOutcome
{
    public required ulong Seed { get; init; }

    /// <summary>The checks that did not hold, in the order of their first moments.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    public required FaultPlan Faults { get; init; }

    public required long Events { get; init; }

    /// <summary>64 bits of everything that the clients saw.</summary>
    public required ulong Digest { get; init; }

    public bool Holds => Violations.Count == 0;
}
