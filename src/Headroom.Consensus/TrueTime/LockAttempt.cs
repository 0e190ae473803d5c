namespace Headroom.Consensus.TrueTime;

/// <summary>An attempt that asks for locks: its number, when the transaction was first attempted, and whose it is.</summary>
internal readonly record struct LockAttempt(long Number, long AgeNs, int Client)
{
    /// <summary>First attempted earlier; of two at one moment the one of the lower client. An attempt is not older than another one of its own transaction.</summary>
    public bool IsOlderThan(LockAttempt other) => AgeNs < other.AgeNs || (AgeNs == other.AgeNs && Client < other.Client);
}
