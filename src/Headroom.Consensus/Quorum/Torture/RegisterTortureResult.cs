using Headroom.Consensus.Torture;
using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Quorum.Torture;

/// <summary>What came of one seed.</summary>
public sealed record RegisterTortureResult
{
    public required ulong Seed { get; init; }

    /// <summary>Checks that did not hold.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    public required FaultPlan Faults { get; init; }

    public required int Answered { get; init; }

    /// <summary>Reads that ended after one phase.</summary>
    public required int OnePhaseReads { get; init; }

    /// <summary>Requests that were sent again.</summary>
    public required long Repeats { get; init; }

    public required int Restarts { get; init; }

    public required long Events { get; init; }

    public required ulong Digest { get; init; }

    public bool Holds => Violations.Count == 0;
}
