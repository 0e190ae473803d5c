namespace Headroom.Consensus.Raft.Quorums;

/// <summary>How each voter has voted.</summary>
public interface IBallots
{
    /// <summary>False while the voter has not answered.</summary>
    bool TryGet(int voter, out bool granted);
}
