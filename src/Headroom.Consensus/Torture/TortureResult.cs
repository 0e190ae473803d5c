using Headroom.Simulation.Faults;

namespace Headroom.Consensus.Torture;

/// <summary>What came of one seed. The same for the same seed and options on any machine.</summary>
public sealed record TortureResult
{
    public required ulong Seed { get; init; }

    /// <summary>The checks that did not hold, in the order of their first moments.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    public required FaultPlan Faults { get; init; }

    public required int Operations { get; init; }

    public required int Answered { get; init; }

    public required int Elections { get; init; }

    /// <summary>Members that started, the first time too.</summary>
    public required int Starts { get; init; }

    public required int Snapshots { get; init; }

    public required int SnapshotsSent { get; init; }

    public required int MemberChanges { get; init; }

    public required long Committed { get; init; }

    public required long Events { get; init; }

    /// <summary>64 bits of everything that the clients saw.</summary>
    public required ulong Digest { get; init; }

    public bool Holds => Violations.Count == 0;
}
