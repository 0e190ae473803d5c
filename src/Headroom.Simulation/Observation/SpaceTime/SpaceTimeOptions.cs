namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>How a space-time diagram is labelled and how large it is.</summary>
public sealed record SpaceTimeOptions
{
    public string Title { get; init; } = "";

    /// <summary>A name for each member; their numbers where null.</summary>
    public IReadOnlyList<string>? MemberNames { get; init; }

    /// <summary>The run was in synchronous rounds: the axis counts them.</summary>
    public bool InRounds { get; init; }

    public int WidthPx { get; init; } = 1200;

    public void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(WidthPx, 400);
}
