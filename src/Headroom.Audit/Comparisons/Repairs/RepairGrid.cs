using Headroom.Coding.Erasure;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>One lost shard of each code, rebuilt over lines of each speed.</summary>
public sealed record RepairGrid
{
    public required IReadOnlyList<ErasureCode> Codes { get; init; }

    public required IReadOnlyList<double> NetworksBps { get; init; }

    public required long ShardBytes { get; init; }

    public required long LatencyNs { get; init; }

    public required double DiskBytesPerSecond { get; init; }

    public required double SeekSeconds { get; init; }

    /// <summary>Stated rates of computing, by a code's kind or, under an empty name, of all others; empty where they are measured.</summary>
    public required IReadOnlyDictionary<string, double> ComputeBytesPerSecond { get; init; }

    /// <summary>Everything but the speed of lines, in words.</summary>
    public required string Setting { get; init; }
}
