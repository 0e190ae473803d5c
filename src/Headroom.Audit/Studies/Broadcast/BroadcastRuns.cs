using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>The runs of one strategy: in time and in rounds, or the arithmetic in their place.</summary>
public sealed record BroadcastRuns
{
    public required BroadcastStrategy Strategy { get; init; }

    public required IReadOnlyList<BroadcastOutcome> InTime { get; init; }

    public required IReadOnlyList<BroadcastOutcome> InRounds { get; init; }

    public required FloodArithmetic? Arithmetic { get; init; }

    /// <summary>What gives the rounds in place of runs; null where these were run, or nothing gives them.</summary>
    public required FloodArithmetic? RoundsCounted { get; init; }

    /// <summary>Whether members keep up with the stated rate; null where none was stated.</summary>
    public required RateVerdict? Rate { get; init; }

    /// <summary>Why the first run was followed by few others; null where it was not.</summary>
    public string? FarBehind { get; init; }

    /// <summary>Why there are no runs in synchronous rounds, or null.</summary>
    public required string? NoRounds { get; init; }

    /// <summary>The most others that a member contacts in a round.</summary>
    public required int ContactsPerRoundMax { get; init; }

    /// <summary>The goals missed, in words.</summary>
    public required IReadOnlyList<string> MissedGoals { get; init; }
}
