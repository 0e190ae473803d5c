namespace Headroom.Consensus.TrueTime;

/// <summary>Two transactions (the second may be 0 for nobody) that no order by timestamps and real time can hold, and why.</summary>
/// <param name="Earlier">The transaction that came first.</param>
/// <param name="Later">The one that contradicts it.</param>
/// <param name="IsRealTime">True where values are serializable and only real time is contradicted.</param>
/// <param name="Reason">In words.</param>
public sealed record ConsistencyViolation(long Earlier, long Later, bool IsRealTime, string Reason);
