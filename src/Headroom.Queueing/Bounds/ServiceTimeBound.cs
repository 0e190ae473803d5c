using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Queueing.Bounds;

/// <summary>A job stays at least as long as its own service.</summary>
public static class ServiceTimeBound
{
    private const string Regime = "servers no faster than the one on which the service time was taken; a job is served by one server at a time, from start to end; any arrivals, any policy, preemptive or not, knowing sizes or not";

    public static Bound Mean { get; } = new()
    {
        Id = "queueing.mean-service",
        Title = "Mean sojourn from mean service",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.MeanService],
        Statement = "The mean time in the system is at least the mean service time.",
        Formula = "E[T] >= E[S]",
        Regime = Regime,
        AppearsIn = "any request that one worker carries out",
        MeansForYou = "balancing removes waiting, never work: below this only faster code or splitting a job helps",
        Citation = new Citation("kleinrock1975", "section 2.1: system time = waiting time + service time"),
        Evaluator = given => BoundValue.Of(given["mean"]),
        Examples = [new WorkedExample(new BoundArguments { ["mean"] = 0.0042 }, 0.0042, "T = W + S, W >= 0")],
        Attained = new Attainment("jobs of 1 s arriving every 2 s at one server", new BoundArguments { ["mean"] = 1 }, MeanOfSparseArrivals),
    };

    public static Bound Quantile { get; } = new()
    {
        Id = "queueing.quantile-service",
        Title = "Quantile of the sojourn from that of the service",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.MeanService, Given.Cv, Given.Probability, Given.Family],
        Statement = "Any quantile of the time in the system is at least that of the service time.",
        Formula = "T >= S for every job, so P(T <= x) <= P(S <= x) and q_T(p) >= q_S(p)",
        Regime = Regime + "; the quantile is taken over the same jobs, and the service time has the stated distribution",
        AppearsIn = "p99 goals",
        MeansForYou = "a p99 goal below the p99 of the work itself cannot be met by more servers",
        Citation = new Citation("shaked2007", "Theorem 1.A.1: T >= S surely implies T >= S stochastically"),
        Evaluator = given => Given.Fitted(given, service => service.QuantileS(given["p"])),
        Examples =
        [
            new WorkedExample(new BoundArguments { ["mean"] = 1, ["cv"] = 1, ["p"] = 0.99 }, 4.605170185988092, "exponential: ln 100"),
            new WorkedExample(new BoundArguments { ["mean"] = 3, ["cv"] = 0, ["p"] = 0.99 }, 3, "deterministic"),
            new WorkedExample(new BoundArguments { ["mean"] = 1, ["cv"] = 0.5, ["p"] = 0.5, ["family"] = 2 }, BoundValue.Outside("a hyperexponential has a cv of at least 1"), "cv of a mixture of exponentials"),
        ],
    };

    public static Bound QuantileOfSizes { get; } = new()
    {
        Id = "queueing.quantile-sizes",
        Title = "Quantile of the sojourn from the observed sizes",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.Sizes, Given.Weights, Given.Probability],
        Statement = "Any quantile of the time in the system is at least that of the service time.",
        Formula = "q_T(p) >= q_S(p) = the least x with P(S <= x) >= p",
        Regime = Regime + "; service times are drawn from these sizes with these probabilities",
        AppearsIn = "p99 goals on recorded service times",
        MeansForYou = "a p99 goal below the p99 of the work itself cannot be met by more servers",
        Citation = new Citation("shaked2007", "Theorem 1.A.1: T >= S surely implies T >= S stochastically"),
        Evaluator = given => Given.OfSizes(given, service => service.QuantileS(given["p"])),
        Examples =
        [
            new WorkedExample(
                new BoundArguments { { "sizes", new double[] { 1, 10 } }, { "weights", new[] { 0.98, 0.02 } }, { "p", 0.99 } }, 10, "by counting: 2 % take 10 s"),
            new WorkedExample(
                new BoundArguments { { "sizes", new double[] { 1, 10 } }, { "weights", new[] { 0.995, 0.005 } }, { "p", 0.99 } }, 1, "by counting: 0.5 % take 10 s"),
        ],
    };

    private static double MeanOfSparseArrivals()
    {
        double wait = 0;
        double sum = 0;
        for (int job = 0; job < 100; job++)
        {
            sum += wait + 1;
            wait = Math.Max(0, wait + 1 - 2);
        }

        return sum / 100;
    }
}
