using System.Numerics;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>Delsarte's linear programming bound, solved in whole numbers and proved by its prices; for short codes.</summary>
public static class DelsarteBound
{
    /// <summary>Longer ones take longer than anybody waits: the program grows with the length, its numbers with length and alphabet.</summary>
    private const int BinaryLengthMax = 48;
    private const int LengthMax = 32;
    private const int AlphabetMax = 16;

    private static readonly BoundParameter Length = BoundParameter.Integer("n", "symbols of a codeword: up to 48 of bits, up to 32 over larger alphabets", 1, BinaryLengthMax);

    private static readonly BoundParameter Alphabet = CodeParameters.Alphabet with { Meaning = "size of the alphabet", Max = AlphabetMax };

    public static Bound Words { get; } = new()
    {
        Id = "coding.delsarte-words",
        Title = "Delsarte's linear programming bound on words",
        Side = Side.Ceiling,
        Unit = Unit.Count("codewords"),
        Parameters = [Length, BoundParameter.Integer("d", "minimum distance", 1, BinaryLengthMax), Alphabet],
        Statement = "The mean numbers A(i) of words at distance i from a word have a non-negative Krawtchouk transform; the sum of all A(i) is the number of words, and a linear program says how large it can be.",
        Formula = "words <= floor(max 1 + sum A(i), i = d … n; sum A(i) K_k(i) >= -K_k(0), k = 1 … n; A(i) >= 0)",
        Regime = "Codewords of any code, linear or not, of length n and minimum distance d over q symbols; binary codes of even weights, into which every binary code of even distance can be turned.",
        AppearsIn = "Tables of the largest codes, A(n,d).",
        MeansForYou = "The tightest of the general bounds here: it implies Singleton's, Hamming's and Plotkin's.",
        Citation = new Citation("delsarte1973", "the linear programming bound"),
        Evaluator = a => TooLong(a) ?? (a.Int("d") > a.Int("n") ? BoundValue.Of(1) : BoundValue.Of(Above(WordsMax(a.Int("n"), a.Int("d"), a.Int("q"))))),
        Examples =
        [
            new(new BoundArguments { ["n"] = 13, ["d"] = 6 }, 40, "[macwilliams1977] chapter 17 section 4: the program alone gives A(13,6) <= 40"),
            new(new BoundArguments { ["n"] = 19, ["d"] = 6 }, 1289, "[schrijver2005] Table I, Delsarte bound"),
            new(new BoundArguments { ["n"] = 25, ["d"] = 8 }, 6474, "[schrijver2005] Table I, Delsarte bound"),
        ],
        Attained = new Attainment("the extended Golay code: 2^12 words of length 24 and distance 8", new BoundArguments { ["n"] = 24, ["d"] = 8 }, () => 4096),
    };

    public static Bound Distance { get; } = new()
    {
        Id = "coding.delsarte",
        Title = "Delsarte's linear programming bound",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [Length, CodeParameters.Dimension with { Max = BinaryLengthMax }, Alphabet],
        Statement = "A code of too great a distance has fewer than q^k words by Delsarte's program.",
        Formula = "the largest d with q^k <= coding.delsarte-words",
        Regime = "Minimum distance of any code, linear or not, with q^k words of length n over q symbols.",
        AppearsIn = "Memory, radio and flash codes over small alphabets.",
        MeansForYou = "A distance above this cannot be had at this length and rate, whatever the construction.",
        Citation = new Citation("delsarte1973", "the linear programming bound"),
        Evaluator = EvaluateDistance,
        Examples =
        [
            new(new BoundArguments { ["n"] = 31, ["k"] = 16 }, 8, "GUAVA's tables of May 2006: [31,16] has 8 and no more"),
            new(new BoundArguments { ["n"] = 11, ["k"] = 6, ["q"] = 3 }, 5, "[golay1949]: the perfect ternary code [11,6,5]"),
        ],
        Attained = new Attainment("the extended Golay code [24,12,8]", new BoundArguments { ["n"] = 24, ["k"] = 12 }, () => 8),
    };

    internal static BigInteger WordsMax(int n, int d, int q) => new DelsarteProgram(n, d, q).WordsMax();

    private static BoundValue EvaluateDistance(BoundArguments a)
    {
        (int n, int k, int q) = (a.Int("n"), a.Int("k"), a.Int("q"));
        if (CodeParameters.Problem(n, k) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        if (TooLong(a) is { } tooLong)
        {
            return tooLong;
        }

        // Words do not grow with the distance; none but 1 is needed at distance 1, and beyond Singleton's there are too few.
        BigInteger words = BigInteger.Pow(q, k);
        (int holds, int fails) = (1, n - k + 2);
        while (fails - holds > 1)
        {
            int middle = (holds + fails) / 2;
            (holds, fails) = WordsMax(n, middle, q) >= words ? (middle, fails) : (holds, middle);
        }

        return BoundValue.Of(holds);
    }

    private static BoundValue? TooLong(BoundArguments a) => a["q"] == 2 || a["n"] <= LengthMax ? null
        : BoundValue.Outside($"over more than two symbols the program is solved up to length {LengthMax}");

    /// <summary>The least double that is no less.</summary>
    private static double Above(BigInteger value)
    {
        double near = (double)value;
        return new BigInteger(near) < value ? Math.BitIncrement(near) : near;
    }
}
