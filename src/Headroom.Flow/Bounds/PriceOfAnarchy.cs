using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>How much worse selfish routing can be than coordinated routing: 4/3 for affine latencies.</summary>
public static class PriceOfAnarchy
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.price-of-anarchy",
        Title = "Price of anarchy of selfish routing",
        Side = Side.Ceiling,
        Unit = Unit.Ratio("x"),
        Parameters = [new BoundParameter("degree", ParameterShape.Integer, "degree of the latency polynomials") { Min = 0, Max = 1000, Default = 1 }],
        Statement = "When everybody takes the path that is fastest for themselves, total travel time is at most this many times the best possible.",
        Formula = "(p+1)^(1+1/p) / ((p+1)^(1+1/p) - p); 4/3 for p = 1",
        Regime = "Counted: total latency at equilibrium over its minimum. Infinitely many infinitely small users, each on a path of least latency; the latency "
            + "of an edge is a polynomial of its own load with coefficients at least 0 and degree at most p. Any network, any demands.",
        AppearsIn = "shortest-queue choices of clients, performance-based routing, overlay networks",
        MeansForYou = "coordination buys at most a quarter of the delay while latencies grow linearly; near saturation it can buy far more",
        Citation = new Citation("roughgarden2003", "Table 1"),
        Evaluator = a => BoundValue.Of(Of(a.Int("degree"))),
        Examples =
        [
            new(new BoundArguments { ["degree"] = 1 }, 4.0 / 3, "[roughgarden2002] Theorem 4.5: 4/3 for linear latencies"),
            new(new BoundArguments { ["degree"] = 2 }, 1.626, "[roughgarden2003] Table 1, quadratic") { RelativeTolerance = 5e-4 },
            new(new BoundArguments { ["degree"] = 3 }, 1.896, "[roughgarden2003] Table 1, cubic") { RelativeTolerance = 5e-4 },
            new(new BoundArguments { ["degree"] = 0 }, 1, "[roughgarden2003] constant latencies: nothing to coordinate"),
        ],
        Attained = new(
            "Pigou's two links with latencies 1 and x: all take x and pay 1; half on each pays 3/4",
            new BoundArguments { ["degree"] = 1 },
            () => 1 / ((0.5 * 1) + (0.5 * 0.5))),
    };

    private static double Of(int degree)
    {
        if (degree == 0)
        {
            return 1;
        }

        double power = (degree + 1) * Elementary.Pow(degree + 1, 1.0 / degree);
        return power / (power - degree);
    }
}
