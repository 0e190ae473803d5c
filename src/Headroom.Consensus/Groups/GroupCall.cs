namespace Headroom.Consensus.Groups;

/// <summary>One operation that a client asked of its group: when it was due, when it was made, and when it was answered.</summary>
public readonly record struct GroupCall(bool IsRead, long DueNs, long CallNs, long ReturnNs)
{
    /// <summary>The moment of an answer that never came.</summary>
    public const long Never = long.MaxValue;

    public bool IsAnswered => ReturnNs != Never;

    /// <summary>From the moment when it was due: who had to wait for its turn waited too.</summary>
    public long LatencyNs => IsAnswered ? ReturnNs - DueNs : Never;
}
