using Headroom.Coding.Erasure;
using Headroom.Simulation.Networks;

namespace Headroom.Coding.Repairs;

/// <summary>One lost shard to be rebuilt by a newcomer: on what network, disks and processors.</summary>
public sealed record ShardRepairOptions
{
    public required ErasureCode Code { get; init; }

    /// <summary>Which shard is lost.</summary>
    public int Lost { get; init; }

    /// <summary>Its bytes; rounded up so that every block divides into the code's sub-chunks.</summary>
    public required long ShardBytes { get; init; }

    /// <summary>Bytes of a block, about: stripes that are read, sent and rebuilt one by one.</summary>
    public int BlockBytes { get; init; } = 1 << 18;

    /// <summary>Bits a second of each node's line, each way.</summary>
    public required double BandwidthBps { get; init; }

    /// <summary>From one node to another.</summary>
    public long LatencyNs { get; init; } = 100_000;

    /// <summary>What a helper's disk reads; infinite for data in memory.</summary>
    public double DiskBytesPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>What each range of a shard that is read costs besides: a seek.</summary>
    public double SeekSeconds { get; init; }

    /// <summary>Bytes of the lost shard that the newcomer's processor rebuilds; infinite for no time at all. Copies take none.</summary>
    public double RebuildBytesPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>Bytes read that a helper's processor makes a message of, where it sends combinations.</summary>
    public double MessageBytesPerSecond { get; init; } = double.PositiveInfinity;

    public PacketFormat Packets { get; init; } = PacketFormat.TcpOverEthernet;

    /// <summary>Bytes of a helper's message that travel together.</summary>
    public int PartBytes { get; init; } = 1 << 16;

    /// <summary>Blocks under way at a time.</summary>
    public int Window { get; init; } = 8;

    public int Blocks => (int)Math.Max(1, (ShardBytes + BlockBytes - 1) / BlockBytes);

    /// <summary>A block's bytes: whole sub-chunks.</summary>
    public int ExactBlockBytes
    {
        get
        {
            long exact = (ShardBytes + Blocks - 1) / Blocks;
            return (int)((exact + Code.Subshards - 1) / Code.Subshards * Code.Subshards);
        }
    }

    /// <exception cref="ArgumentException">A code without parity, or a number that cannot be.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Code);
        if (Code.FailuresSurvived == 0)
        {
            throw new ArgumentException($"{Code} cannot rebuild a shard");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)Lost, (uint)Code.TotalShards, nameof(Lost));
        ArgumentOutOfRangeException.ThrowIfLessThan(ShardBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ShardBytes, 1L << 40);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockBytes, 1 << 26);
        ArgumentOutOfRangeException.ThrowIfNegative(LatencyNs);
        ArgumentOutOfRangeException.ThrowIfNegative(SeekSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BandwidthBps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DiskBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RebuildBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MessageBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(PartBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
    }
}
