using Headroom.Consensus.Agreements;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>What is replicated, for whom, and what it must keep.</summary>
public sealed record ReplicateInput
{
    /// <summary>One group of those that share the load; its operations are those of a run.</summary>
    public required AgreementSetting Setting { get; init; }

    /// <summary>Independent groups that share the load evenly: partitions, shards.</summary>
    public required long Groups { get; init; }

    /// <summary>Operations a second of all groups.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Operations a second that a group is run with; less than its share where clients would only queue.</summary>
    public double RunRatePerSecond => Setting.Load.RatePerSecond;

    /// <summary>Share of the operations whose promises the goals are about; the rest may be kept later.</summary>
    public double? CriticalShare { get; init; }

    public required ReplicateGoals Goals { get; init; }

    public required ReplicateOption Now { get; init; }

    public required IReadOnlyList<ReplicateOption> Others { get; init; }

    public bool HasRegions => Setting.Places.Regions.Count > 1;
}
