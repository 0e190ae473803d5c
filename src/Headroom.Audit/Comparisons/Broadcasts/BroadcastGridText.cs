namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>A grid of broadcasts as it is typed; null where it was left out.</summary>
public sealed record BroadcastGridText
{
    public string Protocols { get; init; } = "all";

    public string? Members { get; init; }

    public string? Latency { get; init; }

    public string Loss { get; init; } = "0";

    public string Bandwidth { get; init; } = "1G";

    public string Jitter { get; init; } = "0";

    public string Failures { get; init; } = "0";

    public string Topology { get; init; } = "complete";

    public string Payload { get; init; } = "1kB";

    public string Duplication { get; init; } = "0";

    public string Reordering { get; init; } = "0";

    public string Queue { get; init; } = "inf";

    public bool InOrder { get; init; }

    public string? Faults { get; init; }
}
