namespace Headroom.Coding.Models;

/// <summary>A storage system as far as its durability depends on it.</summary>
public sealed record StorageSystem
{
    public required int Nodes { get; init; }

    /// <summary>Mean time to the failure of one node, exponential, failures independent.</summary>
    public required double NodeMttfSeconds { get; init; }

    /// <summary>From a failure to the start of its repair.</summary>
    public required double DetectSeconds { get; init; }

    /// <summary>What one node can receive for repairs.</summary>
    public required double BandwidthBytesPerSecond { get; init; }

    public required double DataBytes { get; init; }

    /// <summary>Size of a shard of a stripe.</summary>
    public required double ShardBytes { get; init; }

    public Placement Placement { get; init; }

    /// <summary>A stated mean time from failure to full redundancy, in place of detection and bandwidth; null to derive it.</summary>
    public double? StatedRepairSeconds { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A count or size that is not above zero, a negative time.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Nodes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(NodeMttfSeconds);
        ArgumentOutOfRangeException.ThrowIfNegative(DetectSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BandwidthBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DataBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ShardBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(StatedRepairSeconds ?? 0);
    }
}
