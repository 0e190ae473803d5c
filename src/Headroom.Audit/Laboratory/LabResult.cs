using Headroom.Kernel.Randomness;
using Headroom.Lab.Groups;
using Headroom.Lab.Sockets;

namespace Headroom.Audit.Laboratory;

/// <summary>What the laboratory found.</summary>
public sealed record LabResult
{
    /// <summary><c>broadcast</c>, <c>membership</c> or <c>group</c>.</summary>
    public required string Kind { get; init; }

    public required string Protocol { get; init; }

    public required Transport Transport { get; init; }

    /// <summary>The network and what happens on it, in words.</summary>
    public required string Setting { get; init; }

    public required Seed Seed { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyList<LabRow> Rows { get; init; }

    /// <summary>Runs over sockets, as many as in the simulator.</summary>
    public required int Trials { get; init; }

    /// <summary>What one run is called, and several.</summary>
    public required (string One, string Many) Run { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether what members promised was kept, and how that was found; null where nothing is promised.</summary>
    public GroupVerdict? Check { get; init; }

    public required bool WasInterrupted { get; init; }
}
