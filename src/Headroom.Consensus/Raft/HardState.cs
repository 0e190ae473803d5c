namespace Headroom.Consensus.Raft;

/// <summary>What must be durable before anything that rests on it is sent; the commit index may lag. Vote 0 is nobody.</summary>
public readonly record struct HardState(long Term, int Vote, long Commit)
{
    public bool IsEmpty => this == default;
}
