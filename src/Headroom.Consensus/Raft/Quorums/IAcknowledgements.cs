namespace Headroom.Consensus.Raft.Quorums;

/// <summary>The highest index that each voter is known to have.</summary>
public interface IAcknowledgements
{
    /// <summary>False where nothing is known of the voter: then 0 counts.</summary>
    bool TryGet(int voter, out long index);
}
