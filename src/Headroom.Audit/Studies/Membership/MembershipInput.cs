using Headroom.Dissemination.Detection;

namespace Headroom.Audit.Studies.Membership;

/// <summary>Members that watch each other, as they were described.</summary>
public sealed record MembershipInput
{
    public required DetectionSetting Setting { get; init; }

    /// <summary>Nineteen of twenty crashes are to be declared by somebody within.</summary>
    public double? WithinSeconds { get; init; }

    /// <summary>Live members that may be declared dead, a member and second.</summary>
    public double? MistakesPerSecond { get; init; }

    /// <summary>Messages that a member may send in a period.</summary>
    public double? MessagesPerPeriod { get; init; }

    public required DetectionStrategy Now { get; init; }

    public required IReadOnlyList<DetectionStrategy> Others { get; init; }

    public double PeriodSeconds => Setting.PeriodNs / 1e9;

    public double LeastLatencySeconds => Setting.Network.Topology.LeastLatencyNs / 1e9;
}
