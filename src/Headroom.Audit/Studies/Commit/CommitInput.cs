using Headroom.Consensus.TrueTime;
using Headroom.Kernel.Findings;

namespace Headroom.Audit.Studies.Commit;

/// <summary>Transactions over replicated groups, as they were described.</summary>
public sealed record CommitInput
{
    /// <summary>Places, keys, clients and clocks; the strategy is still open.</summary>
    public required TrueTimeOptions Options { get; init; }

    /// <summary>Names of the regions.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    public required double RatePerSecond { get; init; }

    /// <summary>Where the uncertainty comes from: stated, or this machine's own.</summary>
    public required Provenance Clock { get; init; }

    public double? P99Ms { get; init; }

    public double? AbortsPercent { get; init; }

    /// <summary>Timestamps are to stand in the order of real time.</summary>
    public required bool IsOrdered { get; init; }

    public required CommitStrategy Now { get; init; }

    public required IReadOnlyList<CommitStrategy> Others { get; init; }
}
