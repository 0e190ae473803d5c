using Headroom.Information.Models;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Information.Bounds;

/// <summary>The error that remains when the observation leaves doubt.</summary>
internal static class FanoError
{
    public static Bound Bound { get; } = new()
    {
        Id = "information.fano",
        Title = "Fano: error probability from remaining entropy",
        Side = Side.Floor,
        Unit = Units.Probability,
        Parameters = [BoundParameter.Number("h", "conditional entropy H(X|Y)", unit: Unit.Bit), BoundParameter.Integer("m", "values that X can take", 2)],
        Statement = "Any guess of X from Y errs with a probability Pe with h(Pe) + Pe log2(m-1) >= H(X|Y).",
        Formula = "the least Pe with h(Pe) + Pe log2(m-1) = H(X|Y)",
        Regime = "Probability of error of any estimator of X from Y, X among m values, H(X|Y) in bits; nothing is assumed of the estimator's cost.",
        AppearsIn = "failure detection, diagnosis from telemetry, inference on compressed logs",
        MeansForYou = "Throwing away bits about the cause sets a floor under wrong diagnoses, whatever learns from the rest.",
        Citation = new Citation("cover2006", "Theorem 2.10.1, with m - 1 in place of m as the same section sharpens it"),
        Evaluator = arguments => Evaluate(arguments["h"], arguments["m"]),
        Examples =
        [
            new(new BoundArguments { ["h"] = 0, ["m"] = 5 }, 0, "[cover2006] Section 2.10: no doubt, no error"),
            new(new BoundArguments { ["h"] = 1, ["m"] = 2 }, 0.5, "[cover2006] Section 2.10: a fair coin unseen") { RelativeTolerance = 1e-7 },
            new(new BoundArguments { ["h"] = 2, ["m"] = 4 }, 0.75, "[cover2006] Section 2.10: sharp for p = (1-Pe, Pe/(m-1), ...)") { RelativeTolerance = 1e-7 },
        ],
        Attained = new Attainment("X on 4 values with p = (0.7, 0.1, 0.1, 0.1) and nothing seen: guess the first, err with 0.3", Instance(), () => 0.1 + 0.1 + 0.1) { RelativeTolerance = 1e-7 },
    };

    /// <summary>The left side rises in Pe on [0, (m-1)/m]; the lower end of the last bracket is still a floor.</summary>
    private static BoundValue Evaluate(double h, double m)
    {
        double most = Elementary.Log2(m);
        if (h > most * (1 + ShannonEntropy.SumTolerance))
        {
            return BoundValue.Outside($"{Print.Significant(h, 6)} bits are more than log2 m = {Print.Significant(most, 6)}");
        }

        double low = 0;
        double high = (m - 1) / m;
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (ShannonEntropy.Binary(middle) + (middle * Elementary.Log2(m - 1)) < h)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return BoundValue.Of(low);
    }

    private static BoundArguments Instance() => new() { ["h"] = ShannonEntropy.Of([0.7, 0.1, 0.1, 0.1]), ["m"] = 4 };
}
