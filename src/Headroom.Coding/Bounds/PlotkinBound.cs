using System.Numerics;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Bounds;

/// <summary>Plotkin's averaging argument, applied to the code and to each of its shortened codes.</summary>
public static class PlotkinBound
{
    public static Bound Distance { get; } = new()
    {
        Id = "coding.plotkin",
        Title = "Plotkin bound",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [CodeParameters.Length, CodeParameters.Dimension, CodeParameters.Alphabet],
        Statement = "The least distance is at most the mean one; the mean weight of the non-zero words of a linear [m,j] code is at most m (q-1) q^(j-1) / (q^j - 1). Shortening an [n,k] code by k - j symbols leaves an [n-k+j, j] code of no smaller distance.",
        Formula = "d <= min over j = 1 … k of floor((n-k+j) (q-1) q^(j-1) / (q^j - 1))",
        Regime = "Minimum distance of linear codes over a field of q elements.",
        AppearsIn = "Codes of low rate: distances near n (1 - 1/q).",
        MeansForYou = "Over bits, distance beyond half the length leaves only a handful of codewords.",
        Citation = new Citation("plotkin1960", "the averaging argument, there for binary codes"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["n"] = 7, ["k"] = 3 }, 4, "[macwilliams1977] chapter 2: the simplex code [7,3,4] meets it"),
            new(new BoundArguments { ["n"] = 16, ["k"] = 5 }, 8, "[macwilliams1977] chapter 2: the first-order Reed-Muller code [16,5,8]"),
        ],
        Attained = new Attainment("the simplex code [15,4,8]", new BoundArguments { ["n"] = 15, ["k"] = 4 }, () => 8),
    };

    private static BoundValue Evaluate(BoundArguments a)
    {
        (int n, int k, int q) = (a.Int("n"), a.Int("k"), a.Int("q"));
        if (CodeParameters.ProblemOverField(n, k, q) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        BigInteger least = n;
        BigInteger power = 1; // q^(j-1)
        for (int j = 1; j <= k; j++, power *= q)
        {
            least = BigInteger.Min(least, (n - k + j) * (q - 1) * power / ((power * q) - 1));
        }

        return BoundValue.Of((double)least);
    }
}
