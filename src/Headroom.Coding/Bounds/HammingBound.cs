using System.Numerics;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Bounds;

/// <summary>The sphere-packing bound.</summary>
public static class HammingBound
{
    public static Bound Distance { get; } = new()
    {
        Id = "coding.hamming",
        Title = "Hamming (sphere-packing) bound",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [CodeParameters.Length, CodeParameters.Dimension, CodeParameters.Alphabet],
        Statement = "Balls of radius e around the words of a code of distance 2e + 1 are disjoint; a code of distance 2e + 2 with one symbol dropped has as many words and distance at least 2e + 1.",
        Formula = "d = 2e+1 needs V(n,e) <= q^(n-k), d = 2e+2 needs V(n-1,e) <= q^(n-1-k), V(n,e) = sum over i <= e of C(n,i) (q-1)^i",
        Regime = "Minimum distance of any code, linear or not, with q^k words of length n over q symbols; the largest d that no ball excludes.",
        AppearsIn = "Memory with error correction, radio and disk codes over small alphabets.",
        MeansForYou = "To correct e errors you pay at least log_q V(n,e) check symbols; over bytes Singleton is the tighter one.",
        Citation = new Citation("hamming1950", "section 7 for e = 1, section 8 for even distances; [macwilliams1977] chapter 1 for any e"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["n"] = 7, ["k"] = 4 }, 3, "[hamming1950] section 3: 4 data bits and 3 checks correct one error, d = 3"),
            new(new BoundArguments { ["n"] = 8, ["k"] = 4 }, 4, "[hamming1950] section 4: with one more check two errors are detected, d = 4"),
            new(new BoundArguments { ["n"] = 11, ["k"] = 6, ["q"] = 3 }, 5, "[golay1949]: the perfect ternary code of length 11 corrects two errors"),
        ],
        Attained = new Attainment("the perfect binary Golay code [23,12,7]", new BoundArguments { ["n"] = 23, ["k"] = 12 }, () => 7),
    };

    private static BoundValue Evaluate(BoundArguments a)
    {
        (int n, int k, int q) = (a.Int("n"), a.Int("k"), a.Int("q"));
        if (CodeParameters.Problem(n, k) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        // The first distance of each parity that a ball excludes; an even one loses one symbol and one of distance first.
        int odd = (2 * FirstRadiusTooLarge(n, k, q)) + 1;
        int even = n == k ? 2 : (2 * FirstRadiusTooLarge(n - 1, k, q)) + 2;
        return BoundValue.Of(Math.Min(n, Math.Min(odd, even) - 1));
    }

    /// <summary>The least e with V(n, e) > q^(n-k), the ball grown term by term; n + 1 where even the whole space fits.</summary>
    private static int FirstRadiusTooLarge(int n, int k, int q)
    {
        BigInteger room = BigInteger.Pow(q, n - k);
        BigInteger term = 1;
        BigInteger ball = 1;
        for (int e = 1; e <= n; e++)
        {
            term = term * (n - e + 1) * (q - 1) / e;
            ball += term;
            if (ball > room)
            {
                return e;
            }
        }

        return n + 1;
    }
}
