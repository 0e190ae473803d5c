using Headroom.Kernel.Statistics;

namespace Headroom.Consensus.TrueTime;

/// <summary>What a run gave.</summary>
public sealed record TrueTimeResult
{
    /// <summary>Committed transactions and snapshots of all clients.</summary>
    public required IReadOnlyList<TransactionRecord> Transactions { get; init; }

    /// <summary>Ascending, from the first attempt to the answer, in ns.</summary>
    public required IReadOnlyList<double> CommitLatenciesNs { get; init; }

    /// <summary>Ascending, of snapshots.</summary>
    public required IReadOnlyList<double> SnapshotLatenciesNs { get; init; }

    public required long Aborts { get; init; }

    public required CommitMeter Meter { get; init; }

    /// <summary>What the checker found; null for nothing, and where the run ended before all were answered (see <see cref="IsWhole"/>).</summary>
    public required ConsistencyViolation? Violation { get; init; }

    /// <summary>Transactions whose timestamp real time contradicts.</summary>
    public required int Reversed { get; init; }

    /// <summary>Every client did all it was to do: only then are all writers known, and the run is checked.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Of all attempts to commit, those that were aborted.</summary>
    public double AbortRate => Aborts == 0 ? 0 : Aborts / (double)(Aborts + CommitLatenciesNs.Count);

    /// <summary>A quantile of the commits' latency in ms; null where nothing committed.</summary>
    public double? CommitMs(double quantile) => CommitLatenciesNs.Count == 0 ? null : Quantiles.OfSorted([.. CommitLatenciesNs], quantile) / 1e6;

    /// <summary>As <see cref="CommitMs"/>, of snapshots.</summary>
    public double? SnapshotMs(double quantile) => SnapshotLatenciesNs.Count == 0 ? null : Quantiles.OfSorted([.. SnapshotLatenciesNs], quantile) / 1e6;
}
