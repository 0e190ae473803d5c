namespace Headroom.Lab.Groups;

/// <summary>What a group over sockets did.</summary>
public sealed record GroupLabRun
{
    public required IReadOnlyList<GroupRound> Rounds { get; init; }

    /// <summary>Servers that were killed amid the run, in order.</summary>
    public required IReadOnlyList<int> Killed { get; init; }

    /// <summary>All servers were killed in the end, and came back from their logs.</summary>
    public required bool WasRestarted { get; init; }

    /// <summary>Whether what the clients saw is linearizable or, where that is not promised, whether what they were answered is on the disks; null where neither can be told.</summary>
    public required GroupVerdict? Verdict { get; init; }

    /// <summary>It was stopped before its end: the rounds are those that had ended.</summary>
    public required bool WasInterrupted { get; init; }
}
