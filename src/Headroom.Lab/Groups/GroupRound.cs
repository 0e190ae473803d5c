using Headroom.Consensus.Groups;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Groups;

/// <summary>What one round of a run gave.</summary>
public sealed record GroupRound
{
    /// <summary>Operations that were answered.</summary>
    public required IReadOnlyList<GroupCall> Calls { get; init; }

    /// <summary>Operations that were given up, or not answered when the run was stopped.</summary>
    public required long Unanswered { get; init; }

    /// <summary>What all members sent.</summary>
    public required WireCounts Sent { get; init; }

    /// <summary>What the logs of all servers wrote and flushed.</summary>
    public required LogWork Logs { get; init; }

    /// <summary>The disk without the group, just after: one loop of append and fsync of the logs' mean size; nothing where there is no disk.</summary>
    public required LogWork Alone { get; init; }

    /// <summary>As many such loops at the same time as there are logs.</summary>
    public required LogWork Together { get; init; }

    /// <summary>From the first request to the last answer.</summary>
    public double Seconds => (Calls.Max(call => call.ReturnNs) - Calls.Min(call => call.CallNs)) / 1e9;

    public long Commands => Calls.LongCount(call => !call.IsRead);

    public double CommandsPerSecond => Commands / Seconds;
}
