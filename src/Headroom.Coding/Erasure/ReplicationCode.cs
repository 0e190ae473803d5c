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

    /// <summary>r: one copy is enough.</summary>
    public override int Distance => TotalShards;

    /// <summary>One copy is read for one.</summary>
    public override double MeanRepairReads => ParityShards == 0 ? 0 : 1;

    /// <summary>What is read is sent.</summary>
    public override double MeanRepairSent => MeanRepairReads;

    private protected override Matrix256 BuildGenerator() => new(TotalShards, 1, (_, _) => 1);

    private static int Checked(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copies, ReedSolomonCode.MaxShards);
        return copies;
    }
}
