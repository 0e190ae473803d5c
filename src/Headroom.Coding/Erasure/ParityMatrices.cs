using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>The m x k parity matrices of Reed-Solomon codes, bit for bit those of the libraries that write such shards.</summary>
internal static class ParityMatrices
{
    public static Matrix256 Of(ReedSolomonMatrix matrix, int k, int m) => matrix switch
    {
        ReedSolomonMatrix.Cauchy => Cauchy(k, m),
        ReedSolomonMatrix.Vandermonde => Vandermonde(k, m),
        _ => IsaVandermonde(k, m),
    };

    /// <summary>
    /// Row i, for i = k … k+m-1, holds 1/(i xor j) in column j. With x_i = i and y_j = j all distinct this is a Cauchy matrix, so every square part of it is
    /// invertible and any k shards decode ([blomer1995] section 3), for all k + m up to 256.
    /// </summary>
    public static Matrix256 Cauchy(int k, int m) => new(m, k, (i, j) => GaloisField256.Inverse((byte)((k + i) ^ j)));

    /// <summary>
    /// The extended Vandermonde matrix has the rows (1, x, x^2, …) for x = 0 … k+m-2 and (0, …, 0, 1), the point at infinity: any k of them are independent,
    /// and remain so when the columns are combined such that the top is the identity ([plank2005]). Columns and rows of the rest are then scaled so that its
    /// first row and first column are ones, which changes no minor from or to zero. So any k shards decode, for all k + m up to 256.
    /// </summary>
    public static Matrix256 Vandermonde(int k, int m)
    {
        if (m == 0)
        {
            return new Matrix256(0, k, (_, _) => 0);
        }

        var top = new Matrix256(k, k, (i, j) => Power((byte)i, j));
        var rest = new Matrix256(m, k, (i, j) => i == m - 1 ? (j == k - 1 ? (byte)1 : (byte)0) : Power((byte)(k + i), j));
        Matrix256 parity = top.TryInvert(out Matrix256? inverse) ? rest.Multiply(inverse) : throw new InvalidOperationException("distinct points are dependent");
        byte[] column = [.. Enumerable.Range(0, k).Select(j => GaloisField256.Inverse(parity[0, j]))];
        byte[] row = [.. Enumerable.Range(0, m).Select(i => GaloisField256.Inverse(GaloisField256.Multiply(parity[i, 0], column[0])))];
        return new Matrix256(m, k, (i, j) => GaloisField256.Multiply(row[i], GaloisField256.Multiply(parity[i, j], column[j])));
    }

    /// <summary>Row i holds the powers of 2^i. Below an identity this is no Vandermonde matrix's systematic form, and not for every size do any k shards decode.</summary>
    public static Matrix256 IsaVandermonde(int k, int m) => new(m, k, (i, j) => Power(Power(2, i), j));

    private static byte Power(byte x, int exponent)
    {
        byte power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power = GaloisField256.Multiply(power, x);
        }

        return power;
    }
}
