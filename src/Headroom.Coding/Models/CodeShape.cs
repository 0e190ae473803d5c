using Headroom.Coding.Erasure;

namespace Headroom.Coding.Models;

/// <summary>
/// What durability needs of a code: n, k, the share of sets of j losses that are recoverable (j = 0 … n-k), and, of a single lost shard, bytes read from disks
/// and bytes sent over the network per byte rebuilt.
/// </summary>
public sealed record CodeShape(int TotalShards, int DataShards, IReadOnlyList<double> RecoverableShares, double RepairReads, double RepairSent)
{
    /// <summary>The data of a stripe in shards, B/alpha: k, or less where the code spends storage on cheap repair.</summary>
    public double DataPerStripe { get; init; } = DataShards;

    /// <summary>Shards that the repair of one hears from: about what is sent, in shards, where nobody says otherwise.</summary>
    public int Helpers { get; init; } = Math.Max(1, (int)Math.Ceiling(RepairSent));

    /// <summary>Stored bytes per byte.</summary>
    public double Overhead => TotalShards / DataPerStripe;

    /// <summary>Counted and planned for that code.</summary>
    public static CodeShape Of(ErasureCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new CodeShape(code.TotalShards, code.DataShards, code.RecoverableShares(), code.MeanRepairReads, code.MeanRepairSent)
        {
            DataPerStripe = (double)code.DataSubshards / code.Subshards,
            Helpers = code.FailuresSurvived > 0 && code.PlanRepair([0], [.. Enumerable.Range(1, code.TotalShards - 1)]) is RepairPlan plan ? Math.Max(1, plan.Helpers.Count) : 1,
        };
    }

    /// <summary>The share for any number of losses; 0 beyond n - k.</summary>
    public double RecoverableShare(int losses) => losses < RecoverableShares.Count ? RecoverableShares[losses] : 0;
}
