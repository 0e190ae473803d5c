namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>Repairs to compare as they are typed.</summary>
public sealed record RepairGridText
{
    public string Codes { get; init; } = "replication(3),rs(10,4),clay(10,4),lrc(12,2,2),mbr(10,4)";

    /// <summary>Speeds of the nodes' lines: bit/s with a prefix, or a bandwidth with its unit.</summary>
    public string Network { get; init; } = "100M,1G,10G,25G,100G";

    public string Shard { get; init; } = "64 MB";

    public string LinkLatency { get; init; } = "100us";

    /// <summary>What a helper's disk reads.</summary>
    public string Disk { get; init; } = "500 MB/s";

    /// <summary>What each range that is read costs besides.</summary>
    public string Seek { get; init; } = "0";

    /// <summary>Bytes that a processor rebuilds a second: one for all, <c>clay=500MB/s,1GB/s</c>, or <c>measured</c>.</summary>
    public string Compute { get; init; } = "1 GB/s";
}
