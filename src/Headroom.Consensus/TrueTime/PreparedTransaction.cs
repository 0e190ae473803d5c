namespace Headroom.Consensus.TrueTime;

/// <summary>A transaction that a group has prepared and whose outcome it does not know.</summary>
/// <param name="PrepareNs">It commits no lower.</param>
/// <param name="Coordinator">The group that decides.</param>
/// <param name="Term">The term of that group in which the transaction read from it.</param>
/// <param name="Keys">Those of this group.</param>
internal sealed record PreparedTransaction(long PrepareNs, int Coordinator, long Term, IReadOnlyList<int> Keys);
