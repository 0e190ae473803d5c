namespace Headroom.Consensus.Locks;

/// <summary>What one client does: the moments at which it wants a lock, and for how long it holds each.</summary>
internal sealed record LockPlan(IReadOnlyList<long> DueNs, long HoldNs)
{
    /// <summary>This client first makes every lock free.</summary>
    public long? FreesNs { get; init; }
}
