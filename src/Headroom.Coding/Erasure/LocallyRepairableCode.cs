using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Azure's layout (Huang et al. 2012): k data shards in l equal groups, one parity per group that is the exclusive or of its members, g global parities.
/// Shards in order: data, local parities, global parities. One lost data shard is rebuilt from its group of k/l.
///
/// Built as a pyramid (Huang, Chen and Li 2007): the Cauchy code with g + 1 parities, its columns scaled so that the first parity row is all ones, that row
/// then split into the l groups. Scaling keeps every minor non-zero, so the unsplit code survives any g + 1 losses; splitting a parity keeps this
/// ([huang2007] Theorem 1). So the distance is g + 2, which is Gopalan's bound; of the sets of g + 2 and more losses most, not all, are recoverable.
/// </summary>
public sealed class LocallyRepairableCode : ErasureCode
{
    /// <exception cref="ArgumentException">l does not divide k.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k or l below 1, g below 0, or more than 256 shards.</exception>
    public LocallyRepairableCode(int dataShards, int localParities, int globalParities)
        : base($"lrc({dataShards},{localParities},{globalParities})", Shards(dataShards, localParities, globalParities), dataShards)
    {
        (LocalParities, GlobalParities) = (localParities, globalParities);
    }

    public int LocalParities { get; }

    public int GlobalParities { get; }

    /// <summary>Data shards in a group, which is also what the repair of one of its shards reads.</summary>
    public int GroupSize => DataShards / LocalParities;

    public override int Distance => GlobalParities + 2;

    /// <summary>k + l shards read their group of k/l, the g global parities all k.</summary>
    public override double MeanRepairReads => (((DataShards + LocalParities) * (double)GroupSize) + ((double)GlobalParities * DataShards)) / TotalShards;

    public override double MeanRepairSent => MeanRepairReads;

    /// <summary>The group of a data shard or local parity; -1 for a global parity.</summary>
    public int GroupOf(int shard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, TotalShards);
        return shard < DataShards ? shard / GroupSize : shard < DataShards + LocalParities ? shard - DataShards : -1;
    }

    /// <summary>First the groups that lost one shard: what lies in the span of a group is then expressed by the group alone.</summary>
    private protected override RepairOutcome Plan(int[] lost, int[] available)
    {
        int[] missing = new int[LocalParities];
        foreach (int shard in Enumerable.Range(0, DataShards + LocalParities).Except(available))
        {
            missing[GroupOf(shard)]++;
        }

        bool[] local = new bool[LocalParities];
        foreach (int shard in lost.Where(shard => GroupOf(shard) >= 0))
        {
            local[GroupOf(shard)] = missing[GroupOf(shard)] == 1;
        }

        return LinearPlanner.Plan(this, lost, [.. available.OrderByDescending(shard => GroupOf(shard) >= 0 && local[GroupOf(shard)])]);
    }

    private protected override Matrix256 BuildGenerator()
    {
        (int k, int l) = (DataShards, LocalParities);
        byte Cauchy(int row, int column) => GaloisField256.Multiply(
            GaloisField256.Inverse((byte)((k + row) ^ column)), (byte)((k ^ column) & 0xFF));
        return new Matrix256(TotalShards, k, (i, j) =>
            i < k ? (i == j ? (byte)1 : (byte)0)
            : i < k + l ? (j / (k / l) == i - k ? (byte)1 : (byte)0)
            : Cauchy(i - k - l + 1, j));
    }

    private static int Shards(int k, int l, int g)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(l, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(g);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)k + l + g, ReedSolomonCode.MaxShards);
        if (k % l != 0)
        {
            throw new ArgumentException($"{k} data shards do not make {l} equal groups", nameof(l));
        }

        return k + l + g;
    }
}
