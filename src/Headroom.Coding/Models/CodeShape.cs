using Headroom.Coding.Erasure;

namespace Headroom.Coding.Models;

/// <summary>What durability needs of a code: n, k, the share of sets of j losses that are recoverable (j = 0 … n-k), shards read per shard rebuilt.</summary>
public sealed record CodeShape(int TotalShards, int DataShards, IReadOnlyList<double> RecoverableShares, double RepairReads)
{
    public double Overhead => (double)TotalShards / DataShards;

    public static CodeShape Of(ErasureCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new CodeShape(code.TotalShards, code.DataShards, code.RecoverableShares(), code.MeanRepairReads);
    }

    /// <summary>The share for any number of losses; 0 beyond n - k.</summary>
    public double RecoverableShare(int losses) => losses < RecoverableShares.Count ? RecoverableShares[losses] : 0;
}
