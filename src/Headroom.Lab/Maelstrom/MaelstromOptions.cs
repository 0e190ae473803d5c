using Headroom.Lab.Maelstrom.Networks;

namespace Headroom.Lab.Maelstrom;

/// <summary>One run: which program, how many nodes of it, over which network, under which load, for how long.</summary>
public sealed record MaelstromOptions
{
    public const int NodesMax = 500;
    private const long HourNs = 3_600_000_000_000;

    public required WorkloadKind Workload { get; init; }

    /// <summary>The program of every node; a path.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required ulong Seed { get; init; }

    public int Nodes { get; init; } = 5;

    /// <summary>One of <see cref="OfferedTopology.Names"/>.</summary>
    public string Topology { get; init; } = "grid";

    public LatencyDistribution Latency { get; init; } = new(LatencyShape.Constant, 0);

    /// <summary>Operations a second over all clients; the gaps are uniform from 0 to twice their mean.</summary>
    public double RatePerSecond { get; init; } = 5;

    public long DurationNs { get; init; } = 10_000_000_000;

    /// <summary>Clients; 0 for one a node.</summary>
    public int Clients { get; init; }

    /// <summary>Whether partitions come and go.</summary>
    public bool Partitions { get; init; }

    /// <summary>Mean time between the start of a partition and its end, and again to the next.</summary>
    public long PartitionIntervalNs { get; init; } = 10_000_000_000;

    /// <summary>Quiet time before the final reads, all partitions healed.</summary>
    public long RecoveryNs { get; init; } = 10_000_000_000;

    /// <summary>How long a client waits for an answer before it gives the operation up.</summary>
    public long ClientTimeoutNs { get; init; } = 5_000_000_000;

    /// <summary>How long all nodes together may take to answer <c>init</c>; a tenth of a second a node is added, since all start at once.</summary>
    public long InitTimeoutNs { get; init; } = 10_000_000_000;

    /// <summary>Share of operations that must succeed; null when it does not matter.</summary>
    public double? Availability { get; init; }

    /// <summary>Why this run is impossible, or null.</summary>
    public string? Problem()
    {
        if (Nodes is < 1 or > NodesMax)
        {
            return $"1 to {NodesMax} nodes are possible, each a process; not {Nodes}";
        }

        if (!OfferedTopology.Names.Contains(Topology))
        {
            return $"no topology '{Topology}'; there are {string.Join(", ", OfferedTopology.Names)}";
        }

        if (Latency.MeanNs is < 0 or > HourNs)
        {
            return "a latency is at least 0 and at most an hour";
        }

        if (!(RatePerSecond is >= 0 and <= 1e6))
        {
            return "a rate is at least 0 and at most a million operations a second";
        }

        if (DurationNs is < 0 or > 24 * HourNs)
        {
            return "a run takes at least 0 and at most 24 hours";
        }

        if (RecoveryNs is < 0 or > HourNs || ClientTimeoutNs is <= 0 or > HourNs || InitTimeoutNs is <= 0 or > HourNs)
        {
            return "waiting times are positive (the recovery may be 0) and at most an hour";
        }

        if (Clients is < 0 or > 100_000)
        {
            return "at most 100,000 clients are possible";
        }

        if (PartitionIntervalNs is < 1_000_000 or > 24 * HourNs)
        {
            return "the interval of partitions is at least a millisecond and at most a day";
        }

        return Partitions && Nodes < 2 ? "a partition needs at least two nodes"
            : Availability is < 0 or > 1 or double.NaN ? "an availability is a share from 0 to 1"
            : null;
    }

    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Program);
        if (Problem() is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }
}
