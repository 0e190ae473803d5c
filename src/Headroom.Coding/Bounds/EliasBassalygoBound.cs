using System.Numerics;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>The bound of Elias and Bassalygo: Plotkin's averaging among the words within a ball.</summary>
public static class EliasBassalygoBound
{
    public static Bound Words { get; } = new()
    {
        Id = "coding.elias-bassalygo-words",
        Title = "Elias-Bassalygo bound on words",
        Side = Side.Ceiling,
        Unit = Unit.Count("codewords"),
        Parameters = [CodeParameters.Length with { Max = 512 }, BoundParameter.Integer("d", "minimum distance", 1, 512), CodeParameters.Alphabet],
        Statement = "Some ball of radius w holds at least |C| V(n,w)/q^n codewords; moved to its centre they weigh at most w each, and so many light words cannot all be d apart.",
        Formula = "words <= t n d/(w^2 - 2 t n w + t n d) q^n/V(n,w), t = 1 - 1/q, for every w <= t n whose denominator is above zero; the least of them",
        Regime = "Codewords of any code, linear or not, of length n and minimum distance d over q symbols; unbounded where the number exceeds what a double holds.",
        AppearsIn = "Long codes of middle rates, where sphere packing is loose.",
        MeansForYou = "For long codes it is tighter than Hamming's at every rate; at lengths of storage stripes over bytes Singleton's is the one that counts.",
        Citation = new Citation("bassalygo1965", "the bound; in this form [huffman2003] section 2.11"),
        Evaluator = EvaluateWords,
        Examples =
        [
            new(new BoundArguments { ["n"] = 14, ["d"] = 6 }, 162, "[huffman2003] section 2.11: A(13,5) = A(14,6) <= 162; w = 3: 42/9 x 16384/470"),
            new(new BoundArguments { ["n"] = 13, ["d"] = 5 }, 275, "w = 2: 32.5/10.5 x 8192/92"),
        ],
        Attained = new Attainment("all words: distance 1", new BoundArguments { ["n"] = 7, ["d"] = 1 }, () => 128),
    };

    public static Bound Distance { get; } = new()
    {
        Id = "coding.elias-bassalygo",
        Title = "Elias-Bassalygo bound",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [CodeParameters.Length with { Max = 512 }, CodeParameters.Dimension with { Max = 512 }, CodeParameters.Alphabet],
        Statement = "A code with q^k words has a ball of radius w with V(n,w)/q^(n-k) of them; if that is above one, their distances average too low.",
        Formula = "d <= min over w <= (1 - 1/q) n with V = V(n,w) > Q = q^(n-k) of floor((2 (q-1) n w - q w^2) V/((q-1) n (V - Q)))",
        Regime = "Minimum distance of any code, linear or not, with q^k words of length n over q symbols.",
        AppearsIn = "Long codes over small alphabets.",
        MeansForYou = "No construction, however clever, lifts a long code's distance above this at its rate.",
        Citation = new Citation("bassalygo1965", "the bound; in this form [huffman2003] section 2.11"),
        Evaluator = EvaluateDistance,
        Examples = [new(new BoundArguments { ["n"] = 14, ["k"] = 8 }, 5, "256 words of length 14 at distance 6 would be more than the 162 of [huffman2003] section 2.11")],
        Attained = new Attainment("the simplex code [7,3,4]", new BoundArguments { ["n"] = 7, ["k"] = 3 }, () => 4),
    };

    private static BoundValue EvaluateWords(BoundArguments a)
    {
        (int n, int d, int q) = (a.Int("n"), a.Int("d"), a.Int("q"));
        if (d > n)
        {
            return BoundValue.Of(1);
        }

        BigInteger least = BigInteger.Pow(q, n);
        BigInteger all = least;
        foreach ((int w, BigInteger ball) in Balls(n, q))
        {
            BigInteger denominator = ((BigInteger)q * w * w) - (2L * (q - 1) * n * w) + ((q - 1L) * n * d);
            if (denominator.Sign > 0)
            {
                least = BigInteger.Min(least, (q - 1L) * n * d * all / (denominator * ball));
            }
        }

        // Rounded up where a double cannot say it.
        double near = (double)least;
        return double.IsPositiveInfinity(near) ? BoundValue.Unlimited : BoundValue.Of(new BigInteger(near) < least ? Math.BitIncrement(near) : near);
    }

    /// <summary>
    /// Distance d is excluded by radius w if (q-1) n d Q is below ((q w^2 - 2 (q-1) n w) + (q-1) n d) V; solved for d this is the formula, and where V is at
    /// most Q nothing is excluded.
    /// </summary>
    private static BoundValue EvaluateDistance(BoundArguments a)
    {
        (int n, int k, int q) = (a.Int("n"), a.Int("k"), a.Int("q"));
        if (CodeParameters.Problem(n, k) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        var room = BigInteger.Pow(q, n - k);
        BigInteger least = n;
        foreach ((int w, BigInteger ball) in Balls(n, q))
        {
            if (ball > room)
            {
                least = BigInteger.Min(least, ((2L * (q - 1) * n * w) - ((BigInteger)q * w * w)) * ball / ((q - 1L) * n * (ball - room)));
            }
        }

        return BoundValue.Of((double)BigInteger.Max(1, least));
    }

    /// <summary>w and V(n,w) for w = 0 … floor((1 - 1/q) n).</summary>
    private static IEnumerable<(int Radius, BigInteger Ball)> Balls(int n, int q)
    {
        BigInteger term = 1;
        BigInteger ball = 1;
        for (int w = 0; (long)q * w <= (q - 1L) * n; w++)
        {
            if (w > 0)
            {
                term = term * (n - w + 1) * (q - 1) / w;
                ball += term;
            }

            yield return (w, ball);
        }
    }
}
