using System.Diagnostics.CodeAnalysis;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure.Errors;

/// <summary>
/// Errors from syndromes S_i = sum over s of w_s x_s^i e_s, i = 0 … r-1: the locator, the polynomial with the wrong shards' points as roots, is the shortest
/// recurrence of the syndromes (Berlekamp and Massey, [massey1969]), unique for up to r/2 errors.
/// </summary>
internal sealed class ErrorLocator(IReadOnlyList<int> shards, IReadOnlyList<byte> points, IReadOnlyList<byte> multipliers, int syndromes)
{
    /// <summary>How many errors are located for certain.</summary>
    public int ErrorsMax => syndromes / 2;

    /// <summary>The rows of the map from shards to syndromes: w_s x_s^i.</summary>
    public Matrix256 SyndromeMatrix()
    {
        byte[][] rows = new byte[syndromes][];
        for (int i = 0; i < syndromes; i++)
        {
            rows[i] = [.. Enumerable.Range(0, shards.Count).Select(s => i == 0 ? multipliers[s] : GaloisField256.Multiply(rows[i - 1][s], points[s]))];
        }

        return new Matrix256(syndromes, shards.Count, (i, j) => rows[i][j]);
    }

    /// <summary>The wrong shards of one column, as positions among the shards; false when no codeword lies within <see cref="ErrorsMax"/> errors.</summary>
    public bool TryLocate(ReadOnlySpan<byte> syndrome, [NotNullWhen(true)] out int[]? wrong)
    {
        wrong = null;
        byte[] locator = ShortestRecurrence(syndrome, out int length);
        if (length > ErrorsMax)
        {
            return false;
        }

        // Coefficient i of the recurrence is that of x^(length - i) of the locator: a root 0, the point 0, shortens the recurrence.
        int[] roots = [.. Enumerable.Range(0, shards.Count).Where(s => Evaluate(locator, length, points[s]) == 0)];
        wrong = roots.Length == length ? roots : null;
        return wrong is not null;
    }

    /// <summary>
    /// Rows over the syndromes whose values are all zero exactly when only these are wrong: T_i = sum over j of l_j S_(i+j) with the locator's coefficients l.
    /// </summary>
    public Matrix256 Residual(IReadOnlyList<int> wrong)
    {
        byte[] locator = Locator(wrong);
        return new Matrix256(syndromes - wrong.Count, syndromes, (i, j) => j >= i && j - i < locator.Length ? locator[j - i] : (byte)0);
    }

    /// <summary>
    /// Rows over the syndromes that give the errors of these, if only they are wrong: with q_e = locator/(x - x_e), sum over i of q_e,i S_i = w_e e_e q_e(x_e).
    /// </summary>
    public Matrix256 Values(IReadOnlyList<int> wrong)
    {
        byte[][] rows = new byte[wrong.Count][];
        for (int e = 0; e < wrong.Count; e++)
        {
            byte[] quotient = Locator([.. wrong.Where(other => other != wrong[e])]);
            byte at = 0;
            for (int i = quotient.Length - 1; i >= 0; i--)
            {
                at = (byte)(GaloisField256.Multiply(at, points[wrong[e]]) ^ quotient[i]);
            }

            byte scale = GaloisField256.Inverse(GaloisField256.Multiply(at, multipliers[wrong[e]]));
            rows[e] = [.. quotient.Select(q => GaloisField256.Multiply(q, scale))];
        }

        return new Matrix256(wrong.Count, syndromes, (i, j) => j < rows[i].Length ? rows[i][j] : (byte)0);
    }

    /// <summary>The product of (x - x_e), lowest coefficient first.</summary>
    private byte[] Locator(IReadOnlyList<int> wrong)
    {
        byte[] product = [1];
        foreach (int e in wrong)
        {
            byte[] next = new byte[product.Length + 1];
            for (int i = 0; i < product.Length; i++)
            {
                next[i + 1] ^= product[i];
                next[i] ^= GaloisField256.Multiply(product[i], points[e]);
            }

            product = next;
        }

        return product;
    }

    /// <summary>c_0 = 1, c_1, … with S_i = sum over j from 1 to length of c_j S_(i-j) for all i from length on.</summary>
    private static byte[] ShortestRecurrence(ReadOnlySpan<byte> syndrome, out int length)
    {
        byte[] current = new byte[syndrome.Length + 1];
        byte[] before = new byte[syndrome.Length + 1];
        current[0] = before[0] = 1;
        length = 0;
        int shift = 1;
        byte lastDiscrepancy = 1;
        for (int n = 0; n < syndrome.Length; n++, shift++)
        {
            byte discrepancy = syndrome[n];
            for (int i = 1; i <= length; i++)
            {
                discrepancy ^= GaloisField256.Multiply(current[i], syndrome[n - i]);
            }

            if (discrepancy == 0)
            {
                continue;
            }

            byte[] saved = [.. current];
            byte factor = GaloisField256.Multiply(discrepancy, GaloisField256.Inverse(lastDiscrepancy));
            for (int i = 0; i + shift < current.Length; i++)
            {
                current[i + shift] ^= GaloisField256.Multiply(factor, before[i]);
            }

            if (2 * length <= n)
            {
                (length, before, lastDiscrepancy, shift) = (n + 1 - length, saved, discrepancy, 0);
            }
        }

        return current;
    }

    private static byte Evaluate(byte[] recurrence, int length, byte x)
    {
        byte value = 0;
        for (int i = 0; i <= length; i++)
        {
            value = (byte)(GaloisField256.Multiply(value, x) ^ recurrence[i]);
        }

        return value;
    }
}
