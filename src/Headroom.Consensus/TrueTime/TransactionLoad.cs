namespace Headroom.Consensus.TrueTime;

/// <summary>What a client does, and when each operation is due, in place of what the options say of all clients.</summary>
/// <param name="Operations">Transactions and snapshots, warm-ups among them.</param>
/// <param name="WarmUps">The first so many write one key each, one as soon as the one before is answered.</param>
/// <param name="StartNs">When warm-ups begin.</param>
/// <param name="LoadNs">When the others begin.</param>
/// <param name="PeriodNs">From one of these to the next.</param>
internal sealed record TransactionLoad(int Operations, int WarmUps, long StartNs, long LoadNs, long PeriodNs)
{
    /// <summary>When an operation is due, seen from now.</summary>
    public long DueNs(int operation, long nowNs) => operation < WarmUps ? Math.Max(StartNs, nowNs) : LoadNs + ((operation - WarmUps) * PeriodNs);
}
