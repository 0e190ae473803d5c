using System.Globalization;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>
/// Azure's layout ([huang2012] section 2): k data shards in l equal groups, one parity per group that is the exclusive or of its members, g global parities.
/// Shards in order: data, local parities, global parities. One lost data shard is rebuilt from its group of k/l. The distance is g + 2, Gopalan's bound.
///
/// Maximally recoverable (<see cref="IsMaximallyRecoverable"/>) for g up to 2, as long as 255 = s r with l up to s and k/l up to r (s = 1, 17, 85 or 255; for g = 1
/// only k/l up to 255): every set of losses is rebuilt that leaves as many equations as unknowns, that is, whenever sum over groups of max(0, losses - 1) plus lost
/// global parities is at most g. The global parities are sum c x and sum c^2 x, where the c of group a are the non-zero elements of 2^a F, F being the subfield
/// of 255/s + 1 elements. Proof: adding a group's local equation to its others, losses c_0, c_1, … (a lost local parity is c = 0) leave the differences
/// u = c_0 + c_i, distinct and non-zero elements of 2^a F; two of them, u and v, have determinant u v (u + v), and differences of two groups cannot be equal
/// because two lines 2^a F meet in 0 alone.
///
/// With three global parities maximally recoverable too where <see cref="HeavyParityPoints"/> has coefficients: up to 2 groups of 9, 3 of 6, 4 of 5, 6 of 4, 9 of 3 or 20 of 2.
///
/// Otherwise, and where it is asked for (<c>lrc(12,2,3,pyramid)</c>), a pyramid (Huang, Chen and Li 2007): the Cauchy code with g + 1 parities, its columns scaled so that the first parity row is all ones, that row
/// then split into the l groups. Scaling keeps every minor non-zero, so the unsplit code survives any g + 1 losses; splitting a parity keeps this
/// ([huang2007] Theorem 1). So the distance is g + 2; of the larger sets of losses most, not all that leave enough equations, are recoverable. All are with one group,
/// which is an unsplit Cauchy code, and with groups of one data shard, of which a loss of both copies leaves a column of a Cauchy matrix.
/// </summary>
public sealed class LocallyRepairableCode : ErasureCode
{
    /// <param name="dataShards">k.</param>
    /// <param name="localParities">l.</param>
    /// <param name="globalParities">g.</param>
    /// <param name="pyramid">The pyramid although a maximally recoverable code with three global parities is known: shards were once written with it.</param>
    /// <exception cref="ArgumentException">l does not divide k, or a pyramid of a layout that has no second matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k or l below 1, g below 0, or more than 256 shards.</exception>
    public LocallyRepairableCode(int dataShards, int localParities, int globalParities, bool pyramid = false)
        : base($"lrc({dataShards},{localParities},{globalParities}{(pyramid ? ",pyramid" : "")})", Shards(dataShards, localParities, globalParities), dataShards)
    {
        (LocalParities, GlobalParities) = (localParities, globalParities);
        if (pyramid && PyramidRefusal(dataShards, localParities, globalParities) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(pyramid));
        }

        HasPoints = !pyramid && HasTwoMatrices(dataShards, localParities, globalParities);
    }

    /// <summary>
    /// <c>lrc(12,2,3)</c> stood for the pyramid before other coefficients were known, and does so in every manifest; where they are used it is <c>lrc(12,2,3,recoverable)</c>.
    /// </summary>
    public override string ManifestName => string.Create(CultureInfo.InvariantCulture, $"lrc({DataShards},{LocalParities},{GlobalParities}{(HasPoints ? ",recoverable" : "")})");

    /// <summary>l, one for each group.</summary>
    public int LocalParities { get; }

    /// <summary>g.</summary>
    public int GlobalParities { get; }

    /// <summary>Whether, by construction, every set of losses is rebuilt that any code of this layout could rebuild.</summary>
    public bool IsMaximallyRecoverable => GlobalParities switch
    {
        0 => true,
        1 => GroupSize <= 255,
        2 => Cosets(LocalParities, GroupSize) > 0,
        _ => HasPoints || LocalParities == 1 || GroupSize == 1,
    };

    private bool HasPoints { get; }

    /// <summary>Data shards in a group, which is also what the repair of one of its shards reads.</summary>
    public int GroupSize => DataShards / LocalParities;

    /// <summary>g + 2: the groups add one to what g global parities survive.</summary>
    public override int Distance => GlobalParities + 2;

    /// <summary>k + l shards read their group of k/l, the g global parities all k.</summary>
    public override double MeanRepairReads => (((DataShards + LocalParities) * (double)GroupSize) + ((double)GlobalParities * DataShards)) / TotalShards;

    /// <summary>What is read is sent.</summary>
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
        return new Matrix256(TotalShards, k, (i, j) =>
            i < k ? (i == j ? (byte)1 : (byte)0)
            : i < k + l ? (j / GroupSize == i - k ? (byte)1 : (byte)0)
            : HasPoints ? HeavyParityPoints.Coefficient(l, GroupSize, j / GroupSize, j % GroupSize, i - k - l)
            : GlobalParities <= 2 && IsMaximallyRecoverable ? Power(j, i - k - l)
            : Pyramid(i - k - l + 1, j));
    }

    internal static string? Refusal(int k, int l) => k % l == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{k} data shards do not make {l} equal groups");

    /// <summary>Why the pyramid of such a layout is not written so, or null: <c>lrc(12,2,2)</c> never was one, <c>lrc(40,2,3)</c> is nothing else.</summary>
    internal static string? PyramidRefusal(int k, int l, int g) => Refusal(k, l) is { } refusal ? refusal
        : HasTwoMatrices(k, l, g) ? null
        : string.Create(CultureInfo.InvariantCulture, $"lrc({k},{l},{g}) has one matrix; leave out 'pyramid'");

    private static bool HasTwoMatrices(int k, int l, int g) => g == 3 && l > 1 && k > l && HeavyParityPoints.Exist(l, k / l);

    /// <summary>c or c^2.</summary>
    private byte Power(int column, int parity)
    {
        int cosets = GlobalParities == 1 ? 1 : Cosets(LocalParities, GroupSize);
        int logarithm = (column / GroupSize % cosets) + (column % GroupSize * cosets);
        byte c = 1;
        for (int i = 0; i < logarithm; i++)
        {
            c = GaloisField256.Multiply(c, 2);
        }

        return parity == 0 ? c : GaloisField256.Multiply(c, c);
    }

    private byte Pyramid(int row, int column) => GaloisField256.Multiply(
        GaloisField256.Inverse((byte)((DataShards + row) ^ column)), (byte)((DataShards ^ column) & 0xFF));

    /// <summary>s: the field's units are s cosets of the units of a subfield; 0 where no subfield has room for a group while there are enough cosets.</summary>
    private static int Cosets(int groups, int size) => ((int[])[1, 17, 85, 255]).FirstOrDefault(s => groups <= s && size <= 255 / s);

    private static int Shards(int k, int l, int g)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(l, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(g);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)k + l + g, ReedSolomonCode.MaxShards);
        return Refusal(k, l) is { } refusal ? throw new ArgumentException(refusal, nameof(l)) : k + l + g;
    }
}
