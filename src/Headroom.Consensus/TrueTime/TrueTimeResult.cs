using Headroom.Kernel.Statistics;

namespace Headroom.Consensus.TrueTime;

/// <summary>What a run gave.</summary>
public sealed record TrueTimeResult
{
    /// <summary>Committed transactions and snapshots of all clients.</summary>
    public required IReadOnlyList<TransactionRecord> Transactions { get; init; }

    /// <summary>Ascending, from when each was due (its first attempt, where the next follows the answer before) to its answer, in ns.</summary>
    public required IReadOnlyList<double> CommitLatenciesNs { get; init; }

    /// <summary>Ascending, of snapshots.</summary>
    public required IReadOnlyList<double> SnapshotLatenciesNs { get; init; }

    public required long Aborts { get; init; }

    /// <summary>Attempts of the transaction that took most of them.</summary>
    public required int AttemptsMax { get; init; }

    /// <summary>Bytes put on the wire from the row's region to the column's, headers included, of aborted attempts too.</summary>
    public required long[,] BytesBetween { get; init; }

    public required CommitMeter Meter { get; init; }

    /// <summary>What the checker found; null for nothing, and where the run ended before all were answered (see <see cref="IsWhole"/>).</summary>
    public required ConsistencyViolation? Violation { get; init; }

    /// <summary>Transactions whose timestamp real time contradicts.</summary>
    public required int Reversed { get; init; }

    /// <summary>Every client did all it was to do: only then are all writers known, and the run is checked.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Of all attempts to commit, those that were aborted.</summary>
    public double AbortRate => Aborts == 0 ? 0 : Aborts / (double)(Aborts + CommitLatenciesNs.Count);

    /// <summary>Transactions and snapshots a second, from the first one's beginning to the last one's answer.</summary>
    public double PerSecond => Transactions.Count == 0 ? 0 : Transactions.Count * 1e9 / Math.Max(1, Transactions.Max(t => t.EndNs) - Transactions.Min(t => t.BeginNs));

    /// <summary>A quantile of the commits' latency in ms; null where nothing committed.</summary>
    public double? CommitMs(double quantile) => CommitLatenciesNs.Count == 0 ? null : Quantiles.OfSorted([.. CommitLatenciesNs], quantile) / 1e6;

    /// <summary>As <see cref="CommitMs"/>, of snapshots.</summary>
    public double? SnapshotMs(double quantile) => SnapshotLatenciesNs.Count == 0 ? null : Quantiles.OfSorted([.. SnapshotLatenciesNs], quantile) / 1e6;
}
