namespace Headroom.Dissemination.Detection;

/// <summary>What one run of a membership showed; times in nanoseconds since the crash.</summary>
public sealed record DetectionOutcome
{
    public const long Never = long.MaxValue;

    public required int Members { get; init; }

    /// <summary>For each crashed member when a live one first suspected it, or declared it dead if suspicion was skipped.</summary>
    public required IReadOnlyList<long> FirstSuspectedNs { get; init; }

    /// <summary>For each crashed member when a live one first declared it dead.</summary>
    public required IReadOnlyList<long> FirstDetectedNs { get; init; }

    /// <summary>For each crashed member when the last live one had declared it dead; <see cref="Never"/> when some never did.</summary>
    public required IReadOnlyList<long> AllKnowNs { get; init; }

    /// <summary>Live members that somebody declared dead at some time.</summary>
    public required int FalselyDeclared { get; init; }

    /// <summary>How often a member declared a live one dead, on its own account or because it was told.</summary>
    public required long FalseDeclarations { get; init; }

    /// <summary>How often a member suspected a live one.</summary>
    public required long FalseSuspicions { get; init; }

    public required long Messages { get; init; }

    /// <summary>Bytes put on the wire, headers included.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Periods that members lived through, all members together: what messages, bytes and mistakes are counted against.</summary>
    public required double MemberPeriods { get; init; }

    public required long Events { get; init; }

    public double MessagesPerMemberPeriod => Messages / MemberPeriods;

    public double BytesPerMemberPeriod => WireBytes / MemberPeriods;

    public double MistakesPerMemberPeriod => FalselyDeclared / MemberPeriods;
}
