namespace Headroom.Audit.Laboratory;

/// <summary>What the laboratory found.</summary>
public sealed record LabResult
{
    public required LabPlan Plan { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyList<LabRow> Rows { get; init; }

    /// <summary>Broadcasts made over sockets, as many as in the simulator.</summary>
    public required int Trials { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required bool WasInterrupted { get; init; }
}
