using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Queueing.Models;

namespace Headroom.Queueing.Bounds;

/// <summary>With exponential sizes that nobody knows, n jobs finish at no more than min(n, c) mu, and one queue finishes at exactly that.</summary>
public static class PooledMarkovianBound
{
    public static Bound Mean { get; } = new()
    {
        Id = "queueing.pooled-mmc",
        Title = "Mean sojourn with exponential service: M/M/c",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.Arrivals, Given.MeanService, Given.Servers],
        Statement = "With exponential service of unknown size, no policy on c servers has a smaller mean sojourn than one shared queue.",
        Formula = "E[T] >= 1/mu + C(c, lambda/mu)/(c mu - lambda), C Erlang's delay probability; unbounded at lambda >= c mu",
        Regime = "Poisson arrivals, exponential service, c servers of one speed; any policy, preemptive or not, that does not know sizes (the time served so far tells nothing); a job at one server at a time",
        AppearsIn = "least connections, power of two choices, work stealing",
        MeansForYou = "one shared queue is the goal of every dispatcher: what is left above it is the price of splitting the queue",
        Citation = new Citation("smith1981", "comparison of birth-and-death processes"),
        Evaluator = given => Given.FloorOf(MarkovianQueue.Means(given["lambda"], given["mean"], given.Int("c")).SojournS),
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 2, ["mean"] = 1, ["c"] = 3 }, 13.0 / 9, "Erlang C(3, 2) = 4/9, so 1 + (4/9)/(3 - 2)"),
            new WorkedExample(new BoundArguments { ["lambda"] = 95, ["mean"] = 1, ["c"] = 100 }, 1 + (0.5064568539 / 5), "Erlang C(100, 95) = 0.5064568539") { RelativeTolerance = 1e-10 },
            new WorkedExample(new BoundArguments { ["lambda"] = 3, ["mean"] = 1, ["c"] = 3 }, BoundValue.Unlimited, "load 1"),
        ],
        Attained = new Attainment("M/M/3, the mean number present from the balance equations over lambda",
            new BoundArguments { ["lambda"] = 2.5, ["mean"] = 1, ["c"] = 3 }, BalanceEquations),
    };

    private static double BalanceEquations()
    {
        double weight = 1;
        double total = 0;
        double present = 0;
        for (int n = 0; n < 1000; n++)
        {
            total += weight;
            present += n * weight;
            weight *= 2.5 / Math.Min(n + 1, 3);
        }

        return present / total / 2.5;
    }
}
