using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Queueing.Models;

namespace Headroom.Queueing.Bounds;

/// <summary>The asymptotes of a closed system: a fixed number of clients that ask, wait, think and ask again.</summary>
public static class BottleneckBound
{
    private const string Regime = "a fixed number of clients, each at one station or thinking; stations are single servers of fixed rate; any distributions, any order of service; long-run averages";

    private static readonly BoundParameter[] Parameters =
    [
        BoundParameter.Vector("demands", "per station: seconds of its server that one request needs", 0, 1e12) with { Unit = Unit.Second },
        BoundParameter.Integer("n", "clients", 1, 1e9),
        BoundParameter.Number("z", "mean time that a client thinks between answer and next request", 0, 1e12, Unit.Second),
    ];

    public static Bound Throughput { get; } = new()
    {
        Id = "queueing.closed-throughput",
        Title = "Throughput of a fixed number of clients",
        Side = Side.Ceiling,
        Unit = Unit.PerSecond,
        Parameters = Parameters,
        Statement = "The throughput exceeds neither what the slowest station can do nor what the clients ask when they never wait.",
        Formula = "X <= min(1/Dmax, n/(D + Z)), D the sum and Dmax the largest of the demands",
        Regime = Regime,
        AppearsIn = "load tests with a fixed number of virtual users; connection pools",
        MeansForYou = "beyond n = (D + Z)/Dmax clients only a faster bottleneck helps",
        Citation = new Citation("denning1978", "bottleneck analysis"),
        Evaluator = given => Sum(given) + given["z"] <= 0
            ? BoundValue.Unlimited
            : BoundValue.Of(Math.Min(1 / Math.Max(Largest(given), 1e-300), given["n"] / (Sum(given) + given["z"]))),
        Examples =
        [
            new WorkedExample(Instance(3, 5), 0.375, "3/(2 + 1 + 5), below 1/2"),
            new WorkedExample(Instance(30, 5), 0.5, "1/2, below 30/8"),
        ],
        Attained = new Attainment("a single client, by exact mean value analysis", Instance(1, 5),
            () => ClosedNetwork.Means(new double[,] { { 2, 1 } }, [1], [5]).ThroughputPerS[0]),
    };

    public static Bound Response { get; } = new()
    {
        Id = "queueing.closed-response",
        Title = "Response time of a fixed number of clients",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = Parameters,
        Statement = "The mean response time is at least the demand, and with many clients grows by the bottleneck's demand for each.",
        Formula = "R >= max(D, n Dmax - Z)",
        Regime = Regime,
        AppearsIn = "load tests with a fixed number of virtual users; connection pools",
        MeansForYou = "past saturation every client adds Dmax to everyone's wait",
        Citation = new Citation("denning1978", "bottleneck analysis"),
        Evaluator = given => BoundValue.Of(Math.Max(Sum(given), (given["n"] * Largest(given)) - given["z"])),
        Examples =
        [
            new WorkedExample(Instance(3, 5), 3, "max(3, 3 x 2 - 5)"),
            new WorkedExample(Instance(30, 5), 55, "30 x 2 - 5"),
        ],
        Attained = new Attainment("a single client, by exact mean value analysis", Instance(1, 5), SingleClient),
    };

    private static BoundArguments Instance(double clients, double thinkS) => new() { { "demands", new double[] { 2, 1 } }, { "n", clients }, { "z", thinkS } };

    private static double SingleClient()
    {
        double[,] residenceS = ClosedNetwork.Means(new double[,] { { 2, 1 } }, [1], [5]).ResidenceS;
        return residenceS[0, 0] + residenceS[0, 1];
    }

    private static double Sum(BoundArguments given) => given.Vector("demands").Sum();

    private static double Largest(BoundArguments given) => given.Vector("demands").Max();
}
