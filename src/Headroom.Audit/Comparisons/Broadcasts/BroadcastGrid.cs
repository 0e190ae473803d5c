using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>What is to be compared: each of the protocols in each of the networks.</summary>
public sealed record BroadcastGrid
{
    public required IReadOnlyList<BroadcastStrategy> Protocols { get; init; }

    public required IReadOnlyList<BroadcastNetwork> Networks { get; init; }

    /// <summary>Files that were read.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }
}
