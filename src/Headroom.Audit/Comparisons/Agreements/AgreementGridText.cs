using Headroom.Audit.Comparisons.Grids;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>A grid of groups that agree as it is typed; null where it was left out.</summary>
public sealed record AgreementGridText : LinkGridText
{
    public string Protocols { get; init; } = "all";

    public string Members { get; init; } = "3";

    public string Latency { get; init; } = "5ms";

    public string Disk { get; init; } = "1ms";

    public string Value { get; init; } = "256";

    public string Rate { get; init; } = "100";

    public string Operations { get; init; } = "1k";

    public string? Clients { get; init; }

    public string Failures { get; init; } = "0";

    public string? Faults { get; init; }
}
