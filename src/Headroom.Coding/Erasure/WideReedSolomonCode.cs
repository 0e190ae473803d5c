using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Reed-Solomon for more than 256 shards: Cauchy over GF(2^16), taken as the pairs a + b y over GF(2^8) with y^2 = y + c, c being the least element for which that
/// has no root. A shard is two sub-chunks, all a, then all b, so that a coefficient of GF(2^16) is a 2 x 2 matrix over GF(2^8) and the code is one of two
/// sub-chunks like any other. Parity i, for i = k … k+m-1, takes 1/(i + j) of data shard j, numbers being elements by their bits: a Cauchy matrix, so any k
/// shards decode ([blomer1995] section 3), for k + m up to 65,536.
/// </summary>
public sealed class WideReedSolomonCode : ErasureCode
{
    /// <summary>Elements of GF(2^16).</summary>
    public const int MaxShards = 1 << 16;

    /// <summary>4 n k, the entries of the generator, and 4 m k, those that are compiled: bounds on memory.</summary>
    private const long GeneratorEntriesMax = 1 << 26;
    private const long ParityEntriesMax = 1 << 22;

    private static readonly byte Root = LeastWithoutRoot();

    /// <exception cref="ArgumentException">What <see cref="Refusal"/> says.</exception>
    public WideReedSolomonCode(int dataShards, int parityShards)
        : base($"rs({dataShards},{parityShards},wide)", Shards(dataShards, parityShards), dataShards, 2)
    {
    }

    /// <summary>m + 1: any k shards decode.</summary>
    public override int Distance => ParityShards + 1;

    /// <summary>k whole shards for one.</summary>
    public override double MeanRepairReads => ParityShards == 0 ? 0 : DataShards;

    /// <summary>What is read is sent.</summary>
    public override double MeanRepairSent => MeanRepairReads;

    /// <summary>Why there is no such code, or null.</summary>
    public static string? Refusal(int dataShards, int parityShards)
    {
        string name = $"rs({dataShards},{parityShards},wide)";
        long shards = (long)dataShards + parityShards;
        return dataShards < 1 || parityShards < 0 ? $"{name} needs at least one data shard, and no fewer than no parity shards"
            : shards > MaxShards ? $"{name} of {shards} shards: the field GF(65536) has room for {MaxShards}"
            : 4 * shards * dataShards > GeneratorEntriesMax || 4L * parityShards * dataShards > ParityEntriesMax
                ? $"{name} has {shards} x {dataShards} coefficients, {(long)parityShards * dataShards} of parities; at most {GeneratorEntriesMax / 4} and {ParityEntriesMax / 4} are taken"
            : null;
    }

    private protected override Matrix256 BuildGenerator() => new(2 * TotalShards, 2 * DataShards, (row, column) =>
    {
        (int i, int j) = (row / 2, column / 2);
        if (i < DataShards)
        {
            return row == column ? (byte)1 : (byte)0;
        }

        (byte a, byte b) = Inverse((ushort)(i ^ j));

        // (a + b y)(u + v y) = (a u + b c v) + (b u + (a + b) v) y.
        return (row % 2, column % 2) switch
        {
            (0, 0) => a,
            (0, 1) => GaloisField256.Multiply(b, Root),
            (1, 0) => b,
            _ => (byte)(a ^ b),
        };
    });

    /// <summary>1/(a + b y) = (a + b + b y)/N with the norm N = a^2 + a b + c b^2, the product with the conjugate, which is not zero.</summary>
    private static (byte Low, byte High) Inverse(ushort element)
    {
        (byte a, byte b) = ((byte)element, (byte)(element >> 8));
        byte norm = (byte)(GaloisField256.Multiply(a, (byte)(a ^ b)) ^ GaloisField256.Multiply(Root, GaloisField256.Multiply(b, b)));
        byte scale = GaloisField256.Inverse(norm);
        return (GaloisField256.Multiply((byte)(a ^ b), scale), GaloisField256.Multiply(b, scale));
    }

    private static byte LeastWithoutRoot() => (byte)Enumerable.Range(1, 255)
        .First(c => !Enumerable.Range(0, 256).Any(y => (GaloisField256.Multiply((byte)y, (byte)y) ^ y) == c));

    private static int Shards(int k, int m) => Refusal(k, m) is { } why ? throw new ArgumentException(why) : k + m;
}
