namespace Headroom.Coding.Erasure;

/// <summary>The place of one sub-chunk: shard 0 … n-1, and which of its equal parts, 0 … alpha-1.</summary>
public readonly record struct Subshard(int Shard, int Index)
{
    /// <summary><c>shard.index</c>.</summary>
    public override string ToString() => $"{Shard}.{Index}";
}
