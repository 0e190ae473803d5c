using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Bounds;

/// <summary>Griesmer's bound on linear codes.</summary>
public static class GriesmerBound
{
    public static Bound Distance { get; } = new()
    {
        Id = "coding.griesmer",
        Title = "Griesmer bound",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [CodeParameters.Length, CodeParameters.Dimension, CodeParameters.Alphabet],
        Statement = "The residue of a linear [n,k,d] code with respect to a lightest word is an [n-d, k-1] code of distance at least d/q; repeated, this needs sum of ceil(d/q^i) symbols.",
        Formula = "n >= sum over i = 0 … k-1 of ceil(d/q^i); the largest such d",
        Regime = "Minimum distance of linear codes over a field of q elements.",
        AppearsIn = "Tables of best-known linear codes; choosing a small binary code.",
        MeansForYou = "At least as tight as Singleton for linear codes; over bytes and lengths below 256 it is Singleton.",
        Citation = new Citation("griesmer1960", "for binary codes; [macwilliams1977] chapter 17 section 5"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["n"] = 15, ["k"] = 5 }, 7, "[macwilliams1977] chapter 17 section 5: 7 + 4 + 2 + 1 + 1 = 15, the BCH code [15,5,7]"),
            new(new BoundArguments { ["n"] = 14, ["k"] = 10, ["q"] = 256 }, 5, "over an alphabet of at least n it is Singleton's: 5 + 9 x 1 = 14"),
        ],
        Attained = new Attainment("the simplex code [7,3,4]: 4 + 2 + 1 = 7", new BoundArguments { ["n"] = 7, ["k"] = 3 }, () => 4),
    };

    private static BoundValue Evaluate(BoundArguments a)
    {
        (int n, int k, int q) = (a.Int("n"), a.Int("k"), a.Int("q"));
        if (CodeParameters.ProblemOverField(n, k, q) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        int d = 1;
        while (d < n && LengthNeeded(d + 1) <= n)
        {
            d++;
        }

        return BoundValue.Of(d);

        int LengthNeeded(int distance)
        {
            int sum = 0;
            for (int i = 0, part = distance; i < k; i++, part = (part + q - 1) / q)
            {
                sum += part;
            }

            return sum;
        }
    }
}
