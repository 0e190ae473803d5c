using Headroom.Kernel.Arithmetic;

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

    /// <summary>Hosts, racks, sites: the largest first, each level in equal parts of the one before. A stripe is spread over them as evenly as it can.</summary>
    public IReadOnlyList<FailureDomain> Domains { get; init; } = [];

    /// <summary>
    /// Sets of nodes that stripes may lie on ([cidon2013]): stripes of one set are lost together, so fewer sets are lost less often, and more data with each.
    /// Null for every stripe on a set of its own.
    /// </summary>
    public long? Copysets { get; init; }

    /// <summary>How much longer transfers take than bandwidth alone says, because they meet at links: from a simulation of repairs; 1 where nothing was simulated.</summary>
    public double Contention { get; init; } = 1;

    /// <summary>Stripes whose loss is a different event: all, or the number of copysets where that is less.</summary>
    public double DistinctStripes(CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(code);
        double stripes = Math.Max(1, DataBytes / (code.DataPerStripe * ShardBytes));
        return Copysets is { } sets ? Math.Min(stripes, sets) : stripes;
    }

    /// <summary>Nodes that share the rebuild of one: all others, or with copysets those that have a set in common with it.</summary>
    public double Rebuilders(CodeShape code)
    {
        ArgumentNullException.ThrowIfNull(code);
        double others = Math.Max(1, Nodes - 1);
        return Copysets is not { } sets ? others
            : Math.Clamp(others * (1 - Elementary.Pow(Math.Max(0, 1 - ((code.TotalShards - 1) / others)), (double)sets * code.TotalShards / Nodes)), 1, others);
    }

    /// <exception cref="ArgumentException">Domains that are no equal parts of each other, or domains of groups.</exception>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(Copysets ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Contention, 1);
        int parts = 1;
        foreach (FailureDomain domain in Domains)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(domain.MttfSeconds, nameof(Domains));
            if (domain.Count % parts != 0 || Nodes % domain.Count != 0)
            {
                throw new ArgumentException($"{domain.Count} {domain.Name} are no equal parts of {Nodes} nodes in {parts} larger domains");
            }

            parts = domain.Count;
        }

        if (Placement == Placement.Groups && (Domains.Count > 0 || Copysets is not null))
        {
            throw new ArgumentException("groups are copysets already, and their nodes lie in no domains");
        }
    }
}
