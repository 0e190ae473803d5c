using System.Numerics;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>The parameters and the counting that the bounds on codes share.</summary>
internal static class CodeParameters
{
    /// <summary>Counts in exact integers stay quick up to this length.</summary>
    private const int MaxLength = 4096;

    public static Unit DistanceUnit { get; } = Unit.Count("symbols");

    public static BoundParameter Length { get; } = BoundParameter.Integer("n", "symbols (shards) of a codeword", 1, MaxLength);

    public static BoundParameter Dimension { get; } = BoundParameter.Integer("k", "symbols (shards) of data in it", 1, MaxLength);

    public static BoundParameter Alphabet { get; } =
        BoundParameter.Integer("q", "size of the alphabet: 2 for bits, 256 for bytes", 2, 65536) with { Default = 2 };

    public static string? Problem(double n, double k) => k > n ? $"a code of length {n} has no dimension {k}" : null;

    /// <summary>Linear codes exist over fields, and those have prime powers of elements.</summary>
    public static string? ProblemOverField(int n, int k, int q) => Problem(n, k) ?? (IsPrimePower(q) ? null : $"no field has {q} elements");

    /// <summary>Words within distance <paramref name="radius"/> of one word of length n.</summary>
    public static BigInteger Ball(int n, int radius, int q)
    {
        BigInteger term = 1;
        BigInteger sum = 1;
        for (int i = 1; i <= Math.Min(radius, n); i++)
        {
            term = term * (n - i + 1) * (q - 1) / i;
            sum += term;
        }

        return sum;
    }

    private static bool IsPrimePower(int q)
    {
        int prime = 2;
        while (q % prime != 0)
        {
            prime++;
        }

        while (q % prime == 0)
        {
            q /= prime;
        }

        return q == 1;
    }
}
