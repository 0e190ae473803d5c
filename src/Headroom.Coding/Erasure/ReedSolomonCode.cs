using System.Collections.Concurrent;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Systematic Reed-Solomon: any k of the n shards decode. By default with ISA-L's Cauchy matrix; the others are for shards that other programs wrote
/// (<see cref="ReedSolomonMatrix"/>).
/// </summary>
public sealed class ReedSolomonCode : ErasureCode
{
    /// <summary>Elements of GF(256): no longer code has the full distance for every k with one byte a symbol.</summary>
    public const int MaxShards = 256;

    /// <summary>So many sets of columns are looked at to show that an ISA-L Vandermonde matrix has the full distance: about a second.</summary>
    private const double CheckedSetsMax = 3e6;

    private static readonly ConcurrentDictionary<(int K, int M), string?> IsaRefusals = new();

    /// <exception cref="ArgumentOutOfRangeException">k below 1, m below 0, or k + m above 256.</exception>
    /// <exception cref="ArgumentException">ISA-L's Vandermonde matrix of this size lacks the full distance, or has too many minors to know.</exception>
    public ReedSolomonCode(int dataShards, int parityShards, ReedSolomonMatrix matrix = ReedSolomonMatrix.Cauchy)
        : base(NameOf(dataShards, parityShards, matrix), Shards(dataShards, parityShards, matrix), dataShards)
    {
        Matrix = matrix;
    }

    /// <summary>Whose parities these are.</summary>
    public ReedSolomonMatrix Matrix { get; }

    /// <summary>m + 1: any k shards decode.</summary>
    public override int Distance => ParityShards + 1;

    /// <summary>k whole shards for one.</summary>
    public override double MeanRepairReads => ParityShards == 0 ? 0 : DataShards;

    /// <summary>What is read is sent.</summary>
    public override double MeanRepairSent => MeanRepairReads;

    /// <summary>
    /// Why there is no code of this size with this matrix, or null. ISA-L's Vandermonde matrices are taken only when every square part was found invertible;
    /// where one is not, the losses are named that it does not survive.
    /// </summary>
    public static string? Refusal(int dataShards, int parityShards, ReedSolomonMatrix matrix) =>
        matrix == ReedSolomonMatrix.IsaVandermonde ? IsaRefusals.GetOrAdd((dataShards, parityShards), size => IsaRefusal(size.K, size.M)) : null;

    private protected override Matrix256 BuildGenerator()
    {
        Matrix256 parity = ParityMatrices.Of(Matrix, DataShards, ParityShards);
        return new(TotalShards, DataShards, (i, j) => i < DataShards ? (i == j ? (byte)1 : (byte)0) : parity[i - DataShards, j]);
    }

    private static string? IsaRefusal(int k, int m)
    {
        double sets = Enumerable.Range(0, m + 1).Sum(size => Subsets.Count(k + m, size));
        Matrix256 parity = ParityMatrices.IsaVandermonde(k, m);

        // Two rows r, s and two columns a, b are dependent when (s - r) (b - a) is a multiple of 255: with four rows and 86 columns, for instance.
        if (sets > CheckedSetsMax)
        {
            return $"{NameOf(k, m, ReedSolomonMatrix.IsaVandermonde)}: not known to survive every loss of {m} shards, and too large to check; rs({k},{m}) survives them";
        }

        byte[][] columns = [.. Enumerable.Range(0, k + m).Select(shard =>
            Enumerable.Range(0, m).Select(i => shard < k ? parity[i, shard] : shard - k == i ? (byte)1 : (byte)0).ToArray())];
        return IndependentSets.FirstDependent(columns, m) is { } witness
            ? $"{NameOf(k, m, ReedSolomonMatrix.IsaVandermonde)} does not survive every loss of {m} shards: not that of {string.Join(", ", witness)}; rs({k},{m}) does"
            : null;
    }

    private static string NameOf(int k, int m, ReedSolomonMatrix matrix) => matrix switch
    {
        ReedSolomonMatrix.Cauchy => $"rs({k},{m})",
        ReedSolomonMatrix.Vandermonde => $"rs({k},{m},vandermonde)",
        _ => $"rs({k},{m},isa-vandermonde)",
    };

    private static int Shards(int k, int m, ReedSolomonMatrix matrix)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)k + m, MaxShards);
        return Refusal(k, m, matrix) is { } why ? throw new ArgumentException(why, nameof(matrix)) : k + m;
    }
}
