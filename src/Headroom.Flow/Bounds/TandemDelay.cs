using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>A token-bucket flow through rate-latency servers in a row: each server by itself pays the burst again, the whole row pays it once.</summary>
public static class TandemDelay
{
    private const string RegimeOfBoth = "Fluid; one flow within b + r t, first in, first out; each server serves at least R (t - T) always; no cross traffic, no loss. Two proofs of one fact: "
        + "both are true ceilings, the separate-flow one is never above the total-flow one.";

    public static Bound SeparateFlow { get; } = new()
    {
        Id = "flow.tandem-delay",
        Title = "Delay through servers in tandem, burst paid once",
        Side = Side.Ceiling,
        Unit = Unit.Second,
        Parameters = Parameters(),
        Statement = "Servers in a row act as one whose rate is the smallest and whose latency is the sum.",
        Formula = "delay <= sum of T_i + b / min R_i when r <= min R_i; unbounded otherwise",
        Regime = "Counted: delay of any bit from entering the first to leaving the last server in the worst case. " + RegimeOfBoth,
        AppearsIn = "request chains, pipelines of shaped links, service meshes",
        MeansForYou = "budget the burst once for the whole chain, not once per hop",
        Citation = new Citation("leboudec2001", "Section 1.4.3, pay bursts only once"),
        Evaluator = a => Checked(a, SeparateFlowDelay),
        Examples =
        [
            new(Tandem(10, 10, 10, 10), 22.5, "[bondorf2014] two servers of rate and latency 10, token bucket (5, 25), separate-flow analysis"),
        ],
        Attained = new(
            "the burst of 25 sleeps 10 at each of the two servers and then drains at 10 a second",
            Tandem(10, 10, 10, 10),
            () => 10 + 10 + (25 * 0.1)),
    };

    public static Bound TotalFlow { get; } = new()
    {
        Id = "flow.tandem-delay-per-hop",
        Title = "Delay through servers in tandem, server by server",
        Side = Side.Ceiling,
        Unit = Unit.Second,
        Parameters = Parameters(),
        Statement = "Adding each server's own worst case is safe, and pays the growing burst at every hop.",
        Formula = "delay <= sum over i of T_i + b_i / R_i with b_1 = b, b_(i+1) = b_i + r T_i, when r <= min R_i; unbounded otherwise",
        Regime = "Counted: delay of any bit from entering the first to leaving the last server in the worst case. " + RegimeOfBoth,
        AppearsIn = "latency budgets that add up per-hop maxima",
        MeansForYou = "the sum of per-hop worst cases overstates the chain's worst case; use the end-to-end bound to buy less",
        Citation = new Citation("bondorf2014", "total flow analysis"),
        Evaluator = a => Checked(a, TotalFlowDelay),
        Examples =
        [
            new(Tandem(10, 10, 10, 10), 30, "[bondorf2014] two servers of rate and latency 10, token bucket (5, 25), total-flow analysis"),
        ],
        Attained = new("one server alone: a burst of 25 before a server that sleeps 10 and then serves 10 a second", Tandem(10, 10), () => 10 + (25 * 0.1)),
    };

    private static BoundValue Checked(BoundArguments arguments, Func<double, double, double[], double[], double> delay)
    {
        double[] rates = arguments.Vector("R");
        double[] latencies = arguments.Vector("T");
        return rates.Length != latencies.Length ? BoundValue.Outside($"{rates.Length} rates for {latencies.Length} latencies")
            : arguments["r"] > rates.Min() || (rates.Min() < 1e-200 && arguments["b"] > 0) ? BoundValue.Unlimited
            : BoundValue.Of(delay(arguments["b"], arguments["r"], rates, latencies));
    }

    private static double SeparateFlowDelay(double burst, double rate, double[] rates, double[] latencies) =>
        latencies.Sum() + (burst == 0 ? 0 : burst / rates.Min());

    private static double TotalFlowDelay(double burst, double rate, double[] rates, double[] latencies)
    {
        double sum = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            sum += latencies[i] + (burst == 0 ? 0 : burst / rates[i]);
            burst += rate * latencies[i];
        }

        return sum;
    }

    private static IReadOnlyList<BoundParameter> Parameters() =>
    [
        BoundParameter.Number("b", "burst of the flow: the bucket's size", max: 1e30, unit: Unit.Bit),
        BoundParameter.Number("r", "sustained rate of the flow", max: 1e30, unit: Unit.BitPerSecond),
        BoundParameter.Vector("R", "rates of the servers in order, bit/s", max: 1e30),
        BoundParameter.Vector("T", "latencies of the servers in order, s", max: 1e15),
    ];

    /// <summary>Burst 25, rate 5; pairs of rate and latency.</summary>
    private static BoundArguments Tandem(params double[] servers) => new()
    {
        { "b", 25 },
        { "r", 5 },
        { "R", [.. servers.Where((_, i) => i % 2 == 0)] },
        { "T", [.. servers.Where((_, i) => i % 2 == 1)] },
    };
}
