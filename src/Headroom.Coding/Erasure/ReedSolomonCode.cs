using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Systematic Reed-Solomon with ISA-L's Cauchy matrix: parity row i, for i = k … k+m-1, holds 1/(i xor j) in column j. With x_i = i and y_j = j
/// all distinct this is a Cauchy matrix, so every square part of it is invertible and any k shards decode ([blomer1995] section 3), for all k + m up to 256.
/// </summary>
public sealed class ReedSolomonCode : ErasureCode
{
    public const int MaxShards = 256;

    /// <exception cref="ArgumentOutOfRangeException">k below 1, m below 0, or k + m above 256.</exception>
    public ReedSolomonCode(int dataShards, int parityShards)
        : base($"rs({dataShards},{parityShards})", Shards(dataShards, parityShards), dataShards)
    {
    }

    public override int Distance => ParityShards + 1;

    public override double MeanRepairReads => ParityShards == 0 ? 0 : DataShards;

    public override double MeanRepairSent => MeanRepairReads;

    private protected override Matrix256 BuildGenerator() =>
        new(TotalShards, DataShards, (i, j) => i < DataShards ? (i == j ? (byte)1 : (byte)0) : GaloisField256.Inverse((byte)(i ^ j)));

    private static int Shards(int k, int m)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)k + m, MaxShards);
        return k + m;
    }
}
