namespace Headroom.Consensus.Raft.Snapshots;

/// <summary>Which snapshot it is: its last entry, how many bytes it has on its way, and their CRC-32C.</summary>
internal readonly record struct SnapshotIdentity(long Index, long Term, int Length, uint Checksum);
