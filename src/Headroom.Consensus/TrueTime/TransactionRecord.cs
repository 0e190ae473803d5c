namespace Headroom.Consensus.TrueTime;

/// <summary>A committed transaction, or a snapshot, as its client saw it.</summary>
/// <param name="Number">Its own, above 0.</param>
/// <param name="BeginNs">True time at which the attempt that succeeded began.</param>
/// <param name="EndNs">True time of the answer.</param>
/// <param name="TimestampNs">The timestamp at which it committed or read; an oracle's is a count.</param>
/// <param name="IsSnapshot">It read only; else it wrote every key that it read.</param>
/// <param name="Keys">Each once.</param>
/// <param name="Writers">The transaction that wrote what was read of each key; 0 for nobody.</param>
public sealed record TransactionRecord(long Number, long BeginNs, long EndNs, long TimestampNs, bool IsSnapshot, IReadOnlyList<int> Keys, IReadOnlyList<long> Writers);
