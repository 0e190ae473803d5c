namespace Headroom.Lab.Maelstrom.Workloads;

/// <summary>The verdict on a history and what it rests on.</summary>
public sealed record WorkloadCheck
{
    public required bool IsValid { get; init; }

    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>For broadcast and g-set.</summary>
    public SetCheck? Set { get; init; }

    /// <summary>For counters.</summary>
    public CounterCheck? Counter { get; init; }
}
