using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Queueing.Models;

namespace Headroom.Queueing.Bounds;

/// <summary>
/// The mean of <see cref="WorkloadBound"/> for policies that neither interrupt nor know sizes: the work present is lambda E[S] W + lambda E[S^2]/2
/// (a waiting job holds its whole service, independent of its wait; a served one on average half a square), and one server of speed c holds
/// lambda E[S^2]/(2 c (1 - rho)).
/// </summary>
public static class BlindServersBound
{
    public static Bound Mean { get; } = new()
    {
        Id = "queueing.blind-servers",
        Title = "Mean sojourn without interrupting or knowing sizes",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.Arrivals, Given.MeanService, Given.Cv, Given.Servers],
        Statement = "On c servers, a policy that serves every job to its end and decides without its size waits at least as long as the pooled work demands.",
        Formula = "E[T] >= E[S] + max(0, (1/(c (1 - rho)) - 1) E[S^2]/(2 E[S])), rho = lambda E[S]/c; unbounded at rho >= 1",
        Regime = "Poisson arrivals, independent sizes of any distribution with this mean and cv; c servers of speed 1; not preemptive; decisions independent of the sizes of jobs not yet started; steady state. Says more than E[S] only for c (1 - rho) < 1",
        AppearsIn = "dispatchers before busy pools: random, round robin, least connections, one queue",
        MeansForYou = "near saturation no choice of server avoids this wait: only spare capacity, interruption or knowing sizes does",
        Citation = new Citation("brumelle1971", "lower bound of the mean delay"),
        Evaluator = given =>
        {
            double rho = given["lambda"] * given["mean"] / given["c"];
            double residualS = 0.5 * given["mean"] * (1 + (given["cv"] * given["cv"]));
            return rho >= 1
                ? BoundValue.Unlimited
                : BoundValue.Of(given["mean"] + Math.Max(0, ((1 / (given["c"] * (1 - rho))) - 1) * residualS));
        },
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["mean"] = 1, ["cv"] = 1, ["c"] = 1 }, 2, "M/M/1: 1/(mu - lambda) = 2"),
            new WorkedExample(new BoundArguments { ["lambda"] = 1.9, ["mean"] = 1, ["cv"] = 1, ["c"] = 2 }, 10, "1 + (1/0.1 - 1); M/M/2 has 1/(1 - 0.95^2) = 10.256"),
            new WorkedExample(new BoundArguments { ["lambda"] = 1, ["mean"] = 1, ["cv"] = 3, ["c"] = 4 }, 1, "c (1 - rho) = 3: only the service time is left"),
        ],
        Attained = new Attainment("one server, first come first served",
            new BoundArguments { ["lambda"] = 0.8, ["mean"] = 1, ["cv"] = 2, ["c"] = 1 },
            () => PollaczekKhinchine.Means(0.8, 1, 2).SojournS),
    };
}
