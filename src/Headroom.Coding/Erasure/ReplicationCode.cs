using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>r copies: the code with one data shard.</summary>
public sealed class ReplicationCode : ErasureCode
{
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 256 copies.</exception>
    public ReplicationCode(int copies)
        : base($"replication({copies})", Checked(copies), 1)
    {
    }

    public override int Distance => TotalShards;

    public override double MeanRepairReads => ParityShards == 0 ? 0 : 1;

    public override double MeanRepairSent => MeanRepairReads;

    private protected override Matrix256 BuildGenerator() => new(TotalShards, 1, (_, _) => 1);

    private static int Checked(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, ReedSolomonCode.MaxShards);
        return copies;
    }
}
