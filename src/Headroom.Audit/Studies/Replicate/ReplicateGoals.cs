namespace Headroom.Audit.Studies.Replicate;

/// <summary>What a way to replicate must reach to count.</summary>
public sealed record ReplicateGoals
{
    /// <summary>99 of 100 writes are answered within; null for any time.</summary>
    public double? WriteP99Seconds { get; init; }

    public double? ReadP99Seconds { get; init; }

    /// <summary>Servers that may crash for good: answered writes stay, and service goes on.</summary>
    public required int Survive { get; init; }

    /// <summary>Share of the operations that are answered in time while so many servers are lost; null for any.</summary>
    public double? Available { get; init; }

    /// <summary>An operation that takes longer than this is not answered in time.</summary>
    public required long InTimeNs { get; init; }

    /// <summary>All clients see one order, which agrees with time.</summary>
    public required bool IsLinearizable { get; init; }

    /// <summary>Answered writes outlive a loss of power everywhere.</summary>
    public required bool IsDurable { get; init; }
}
