using System.Numerics;
using Headroom.Numerics.LinearProgramming;

namespace Headroom.Coding.Bounds;

/// <summary>
/// Delsarte's linear program for codes of length n and distance d over q symbols. With A(i) the mean number of words at distance i from a word,
/// sum over i of A(i) K_k(i) >= 0 for every k, K being Krawtchouk's polynomials; so |C| = sum of A(i) is at most the program's optimum.
/// Binary codes of even distance may be taken of even weights, which leaves half of the unknowns and half of the rows; one of odd distance is as large as the
/// one of even distance that a parity makes of it ([macwilliams1977] chapter 17 section 4).
/// </summary>
internal sealed class DelsarteProgram
{
    private readonly BigInteger[][] _krawtchouk;
    private readonly int[] _distances;
    private readonly int _rows;

    public DelsarteProgram(int n, int d, int q)
    {
        bool even = q == 2 && d > 1;
        int length = even ? n + (d % 2) : n;
        int distance = even ? d + (d % 2) : d;
        _krawtchouk = Krawtchouk(length, q);
        _distances = [.. Enumerable.Range(distance, length - distance + 1).Where(i => !even || i % 2 == 0)];
        _rows = even ? length / 2 : length;
    }

    /// <summary>The most words that the program allows, by prices that <see cref="Certified"/> has checked.</summary>
    public BigInteger WordsMax()
    {
        BigInteger[] objective = [.. _distances.Select(_ => BigInteger.One)];
        BigInteger[][] rows = [.. Enumerable.Range(1, _rows).Select(k => (BigInteger[])[.. _distances.Select(i => -_krawtchouk[k][i])])];
        BigInteger[] limits = [.. Enumerable.Range(1, _rows).Select(k => _krawtchouk[k][0])];
        var optimum = (LinearOutcome.Optimal)ExactSimplex.Maximise(objective, rows, limits);
        return Certified(optimum.Prices, optimum.Denominator) ?? throw new InvalidOperationException("the prices of Delsarte's program prove nothing");
    }

    /// <summary>
    /// The bound that prices w(k)/denominator prove: with b(i) = 1 + sum over k of w(k) K_k(i), all w(k) >= 0 and b(i) &lt;= 0 at every allowed distance,
    /// |C| &lt;= floor(b(0)) ([delsarte1973]). Null where they prove nothing. Uses the polynomials and the prices alone.
    /// </summary>
    public BigInteger? Certified(IReadOnlyList<BigInteger> prices, BigInteger denominator)
    {
        BigInteger At(int i) => denominator + prices.Select((price, k) => price * _krawtchouk[k + 1][i]).Aggregate(BigInteger.Zero, BigInteger.Add);
        return denominator.Sign > 0 && prices.Count == _rows && prices.All(price => price.Sign >= 0) && _distances.All(i => At(i).Sign <= 0)
            ? BigInteger.Divide(At(0), denominator)
            : null;
    }

    /// <summary>K_k(i), k and i = 0 … n: K_k(0) = C(n,k) (q-1)^k, K_k(i) = K_k(i-1) - (q-1) K_{k-1}(i) - K_{k-1}(i-1).</summary>
    private static BigInteger[][] Krawtchouk(int n, int q)
    {
        var table = new BigInteger[n + 1][];
        for (int k = 0; k <= n; k++)
        {
            table[k] = new BigInteger[n + 1];
            table[k][0] = k == 0 ? 1 : table[k - 1][0] * (n - k + 1) * (q - 1) / k;
            for (int i = 1; i <= n; i++)
            {
                table[k][i] = k == 0 ? 1 : table[k][i - 1] - ((q - 1) * table[k - 1][i]) - table[k - 1][i - 1];
            }
        }

        return table;
    }
}
