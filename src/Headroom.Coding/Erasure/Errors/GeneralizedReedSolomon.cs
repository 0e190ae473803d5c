using System.Diagnostics.CodeAnalysis;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure.Errors;

/// <summary>
/// A code as evaluations: shard s holds v_s f(x_s), f being the polynomial of degree below k that the data determine, with distinct points x_s and non-zero
/// multipliers v_s: a generalized Reed-Solomon code ([roth1985]). Only such codes have the structure by which errors are located.
/// </summary>
public sealed class GeneralizedReedSolomon
{
    private readonly byte[] _points;
    private readonly byte[] _multipliers;

    private GeneralizedReedSolomon(byte[] points, byte[] multipliers) => (_points, _multipliers) = (points, multipliers);

    /// <summary>x_s, all distinct.</summary>
    public IReadOnlyList<byte> Points => _points;

    /// <summary>v_s, none zero.</summary>
    public IReadOnlyList<byte> Multipliers => _multipliers;

    /// <summary>
    /// Finds points and multipliers of a generator [I; P], or that there are none: it is a generalized Reed-Solomon code when P is a generalized Cauchy matrix,
    /// P_ij = c_i d_j/(x_i - y_j), one point perhaps being at infinity ([roth1985]). Projective maps of the line leave three points free: the first parity is put at
    /// infinity, so that its row is d; in rows divided by d the second is put at 0, so that its entries are 1/y_j; the inverses in every other row are then affine
    /// in y, (x_i - y_j)/c_i, and two of them give x_i. At last infinity is moved to 0 by x to 1/(x - p), p being an element that is not in use; with one parity or
    /// one data shard any points do. Every entry is checked at the end. O(n k).
    /// </summary>
    public static bool TryOf(Matrix256 generator, [NotNullWhen(true)] out GeneralizedReedSolomon? found)
    {
        ArgumentNullException.ThrowIfNull(generator);
        found = null;
        int k = generator.Columns;
        int m = generator.Rows - k;
        var parity = new Matrix256(m, k, (i, j) => generator[k + i, j]);
        if (generator.Rows > 256 || Enumerable.Range(0, m * k).Any(i => parity[i / k, i % k] == 0))
        {
            return false;
        }

        byte[]? points = m < 2 || k < 2 ? [.. Enumerable.Range(0, k + m).Select(i => (byte)i)] : PointsOf(parity);
        if (points is null || points.Distinct().Count() < points.Length)
        {
            return false;
        }

        var code = new GeneralizedReedSolomon(points, MultipliersOf(parity, points));
        found = Enumerable.Range(0, m * k).All(i => code.Entry(k, i / k, i % k) == parity[i / k, i % k]) ? code : null;
        return found is not null;
    }

    /// <summary>
    /// The multipliers of the dual of what is left when only these shards are kept: sum over s of w_s x_s^i c_s = 0 for i below their number less k,
    /// w_s = 1/(v_s product over u of (x_s - x_u)).
    /// </summary>
    public IReadOnlyList<byte> DualMultipliers(IReadOnlyList<int> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        return [.. shards.Select(s => GaloisField256.Inverse(GaloisField256.Multiply(_multipliers[s], Product(shards.Where(u => u != s).Select(u => (byte)(_points[s] ^ _points[u]))))))];
    }

    private static byte[]? PointsOf(Matrix256 parity)
    {
        int k = parity.Columns;
        byte Scaled(int i, int j) => GaloisField256.Multiply(parity[0, j], GaloisField256.Inverse(parity[i, j]));
        var finite = new List<byte>(Enumerable.Range(0, k).Select(j => Scaled(1, j))) { 0 };
        if (finite[0] == finite[1])
        {
            return null;
        }

        for (int i = 2; i < parity.Rows; i++)
        {
            // Scaled = a (x_i + y), the sum being the difference: a from two columns, then x_i.
            byte a = GaloisField256.Multiply((byte)(Scaled(i, 0) ^ Scaled(i, 1)), GaloisField256.Inverse((byte)(finite[0] ^ finite[1])));
            if (a == 0)
            {
                return null;
            }

            finite.Add((byte)(GaloisField256.Multiply(Scaled(i, 0), GaloisField256.Inverse(a)) ^ finite[0]));
        }

        byte unused = (byte)Enumerable.Range(0, 256).First(x => !finite.Contains((byte)x));
        byte[] moved = [.. finite.Select(x => GaloisField256.Inverse((byte)(x ^ unused)))];
        return [.. moved[..k], 0, .. moved[k..]];
    }

    /// <summary>v of the first data shard is 1; the first column gives those of the parities, the first row those of the other data shards.</summary>
    private static byte[] MultipliersOf(Matrix256 parity, byte[] points)
    {
        (int m, int k) = (parity.Rows, parity.Columns);
        byte[] multipliers = [.. Enumerable.Repeat((byte)1, k + m)];
        var unscaled = new GeneralizedReedSolomon(points, [.. multipliers]);
        for (int i = 0; i < m; i++)
        {
            multipliers[k + i] = Quotient(parity[i, 0], unscaled.Entry(k, i, 0));
        }

        for (int j = 1; j < k && m > 0; j++)
        {
            multipliers[j] = Quotient(GaloisField256.Multiply(multipliers[k], unscaled.Entry(k, 0, j)), parity[0, j]);
        }

        return multipliers;
    }

    /// <summary>What parity i takes of data shard j, by Lagrange: v_i/v_j times product over the other data points y of (x_i - y)/(y_j - y).</summary>
    private byte Entry(int k, int i, int j)
    {
        (byte x, byte y) = (_points[k + i], _points[j]);
        byte above = Product(Enumerable.Range(0, k).Where(u => u != j).Select(u => (byte)(x ^ _points[u])));
        byte below = Product(Enumerable.Range(0, k).Where(u => u != j).Select(u => (byte)(y ^ _points[u])));
        return Quotient(GaloisField256.Multiply(_multipliers[k + i], above), GaloisField256.Multiply(_multipliers[j], below));
    }

    private static byte Product(IEnumerable<byte> factors) => factors.Aggregate((byte)1, GaloisField256.Multiply);

    private static byte Quotient(byte a, byte b) => GaloisField256.Multiply(a, GaloisField256.Inverse(b));
}
