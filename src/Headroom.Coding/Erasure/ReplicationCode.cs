using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>r copies: the code with one data shard.</summary>
public sealed class ReplicationCode : ErasureCode
{
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 256 copies.</exception>
    public ReplicationCode(int copies)
        : base($"replication({copies})", GeneratorOf(copies))
    {
    }

    public override int Distance => TotalShards;

    public override double MeanRepairReads => ParityShards == 0 ? 0 : 1;

    private static Matrix256 GeneratorOf(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, ReedSolomonCode.MaxShards);
        return new Matrix256(copies, 1, (_, _) => 1);
    }
}
