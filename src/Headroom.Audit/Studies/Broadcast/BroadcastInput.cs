using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>What must be delivered by when: a share of the live members, in the end, within a time, or within so many synchronous rounds.</summary>
public sealed record BroadcastGoal(double Delivered, long? WithinNs, long? WithinRounds)
{
    /// <summary>As people say it.</summary>
    public override string ToString()
    {
        string share = BroadcastWords.Percent(Delivered);
        return WithinNs is { } ns ? $"{share} within {BroadcastWords.Time(ns)}" : WithinRounds is { } rounds ? $"{share} within {rounds} rounds" : share;
    }
}

/// <summary>A broadcast activity, read and checked.</summary>
public sealed record BroadcastInput
{
    public required BroadcastSetting Setting { get; init; }

    public required BroadcastGoal Goal { get; init; }

    /// <summary>Broadcasts a second; null when not given.</summary>
    public required double? RatePerSecond { get; init; }

    /// <summary>Receivers in all, where members serve more than themselves; null when not given.</summary>
    public required long? Population { get; init; }

    /// <summary>Usual strategies that were not tried, and why.</summary>
    public required IReadOnlyList<(BroadcastStrategy Strategy, string Why)> PassedOver { get; init; }

    public required BroadcastStrategy Now { get; init; }

    /// <summary>Whether nobody chose the others: the usual ones then.</summary>
    public required bool AreOthersUsual { get; init; }

    /// <summary>What else to try, without <see cref="Now"/>.</summary>
    public required IReadOnlyList<BroadcastStrategy> Others { get; init; }

    /// <summary>Members that live at the end: exactly without faults, at least so many with them.</summary>
    public int Live => Setting.HasFaults ? Math.Max(1, Setting.LeastLive) : Setting.Live;

    /// <summary>The faults as people call them; empty for none.</summary>
    public required string Faults { get; init; }

    /// <summary>Live members that must have the payload for the goal, the origin among them.</summary>
    public int Needed => 1 + (int)Math.Ceiling((Goal.Delivered * (Live - 1)) - 1e-9);

    /// <summary>The bounds for strategies that meet the goal by their mean over runs.</summary>
    internal BroadcastLimits Limits(int contacts) => new(Setting, Needed, Goal.Delivered * (Live - 1), contacts);
}
