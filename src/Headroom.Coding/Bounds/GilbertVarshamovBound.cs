using System.Numerics;
using Headroom.Kernel.Bounds;

namespace Headroom.Coding.Bounds;

/// <summary>What is known to exist: a floor of the best code's distance, not of any given code's.</summary>
public static class GilbertVarshamovBound
{
    public static Bound BestDistance { get; } = new()
    {
        Id = "coding.gilbert-varshamov",
        Title = "Gilbert-Varshamov bound",
        Side = Side.Floor,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [CodeParameters.Length, CodeParameters.Dimension, CodeParameters.Alphabet],
        Statement = "Columns of a parity-check matrix can be chosen one after another as long as the combinations of d - 2 earlier ones do not fill the space.",
        Formula = "a linear [n,k,d] code exists if V(n-1, d-2) < q^(n-k); the largest such d",
        Regime = "The distance of the best linear [n,k] code over a field of q elements: that one is at least this. It promises existence; a given code may lie below, and many do.",
        AppearsIn = "Judging how much a better code could bring.",
        MeansForYou = "If your code's distance is below this, a better one of the same size exists, though perhaps none that decodes quickly.",
        Citation = new Citation("varshamov1957", "the estimate for linear codes"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["n"] = 7, ["k"] = 4 }, 3, "V(6,1) = 7 < 8 and V(6,2) = 22 >= 8: the Hamming code [7,4,3] is promised"),
            new(new BoundArguments { ["n"] = 24, ["k"] = 12 }, 5, "V(23,3) = 2048 < 4096 and V(23,4) = 10903: 5, while Golay's extended code has 8"),
        ],
        Attained = new Attainment("the Hamming code [15,11,3], than which none is better", new BoundArguments { ["n"] = 15, ["k"] = 11 }, () => 3),
    };

    private static BoundValue Evaluate(BoundArguments a)
    {
        (int n, int k, int q) = (a.Int("n"), a.Int("k"), a.Int("q"));
        if (CodeParameters.ProblemOverField(n, k, q) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        var space = BigInteger.Pow(q, n - k);
        BigInteger term = 1;
        BigInteger ball = 1; // V(n-1, d-1)
        int d = 1;
        while (d <= n - k && ball < space)
        {
            d++;
            term = term * (n - d + 1) * (q - 1) / (d - 1);
            ball += term;
        }

        return BoundValue.Of(d);
    }
}
