namespace Headroom.Consensus.InSync;

/// <summary>What the registrar says of the partition. Versions grow by one with each change; the leader's epoch with each change of leader, or of its incarnation.</summary>
/// <param name="Version">Kafka's partition epoch.</param>
/// <param name="Leader">-1 for none.</param>
/// <param name="LeaderEpoch">From 1.</param>
/// <param name="InSync">One bit a replica.</param>
public readonly record struct PartitionState(long Version, int Leader, long LeaderEpoch, uint InSync)
{
    public int InSyncCount => (int)uint.PopCount(InSync);

    public bool IsInSync(int replica) => (InSync >> replica & 1) != 0;
}
