using Headroom.Audit.Comparisons.Grids;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>A grid of broadcasts as it is typed; null where it was left out.</summary>
public sealed record BroadcastGridText : LinkGridText
{
    public string Protocols { get; init; } = "all";

    public string? Members { get; init; }

    public string? Latency { get; init; }

    public string Failures { get; init; } = "0";

    public string Topology { get; init; } = "complete";

    public string Payload { get; init; } = "1kB";

    public string? Faults { get; init; }
}
