namespace Headroom.Audit.Comparisons.Codes;

/// <summary>A comparison of codes as it is typed: values as in a system file's activity of kind <c>store</c>.</summary>
public sealed record CodeGridText
{
    public string Codes { get; init; } = "replication(3),rs(6,3),rs(10,4),lrc(12,2,2),clay(10,4),mbr(10,4)";

    public string Data { get; init; } = "800 TB";

    public string Nodes { get; init; } = "400";

    public string Mttf { get; init; } = "3 y";

    public string Bandwidth { get; init; } = "50 MB/s";

    public string Detect { get; init; } = "10 min";

    public string Placement { get; init; } = "spread";

    /// <summary><c>count mttf [uplink]</c>: <c>40 20y 10Gbit/s</c>.</summary>
    public string? Sites { get; init; }

    public string? Racks { get; init; }

    public string? Hosts { get; init; }

    public string? Copysets { get; init; }

    public string Shard { get; init; } = "64 MB";

    public string? Object { get; init; }

    public string Write { get; init; } = "4 kB";

    /// <summary>Sizes of objects, each as often.</summary>
    public string Sizes { get; init; } = "64kB,4MB";

    public string Latency { get; init; } = "8 ms";

    public string P99 { get; init; } = "40 ms";

    public string? StoragePrice { get; init; }

    public string? EgressPrice { get; init; }
}
