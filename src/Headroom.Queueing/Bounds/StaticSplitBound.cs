using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Queueing.Models;

namespace Headroom.Queueing.Bounds;

/// <summary>A Poisson stream split by chance stays Poisson, and the mean sojourn per unit of load is convex: the even split is best.</summary>
public static class StaticSplitBound
{
    public static Bound Mean { get; } = new()
    {
        Id = "queueing.static-split",
        Title = "Mean sojourn of any random split",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.Arrivals, Given.MeanService, Given.Cv, Given.Servers],
        Statement = "Sending every job to a server by chance alone, with any fixed probabilities, has at least the mean sojourn of the even split.",
        Formula = "E[T] >= E[S] + rho E[S](1 + cv^2)/(2 (1 - rho)), rho = lambda E[S]/c; unbounded at rho >= 1",
        Regime = "Poisson arrivals, independent sizes; c servers of one speed, each in order of arrival; the server is drawn independently of the past and of sizes, with fixed probabilities",
        AppearsIn = "hashing of clients to servers, random or weighted DNS",
        MeansForYou = "chance alone cannot do better: look at the queues, at least at two of them",
        Citation = new Citation("combe1994", "minimisation of the mean delay by a convex programme"),
        Evaluator = given => Given.FloorOf(PollaczekKhinchine.Means(given["lambda"] / given["c"], given["mean"], given["cv"]).SojournS),
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 1.6, ["mean"] = 1, ["cv"] = 1, ["c"] = 2 }, 5, "M/M/1 at 0.8: 1/(1 - 0.8)"),
            new WorkedExample(new BoundArguments { ["lambda"] = 1.6, ["mean"] = 1, ["cv"] = 0, ["c"] = 2 }, 3, "M/D/1 at 0.8: 1 + 0.8/(2 x 0.2)"),
        ],
        Attained = new Attainment("the even split, as one class of head-of-line priority",
            new BoundArguments { ["lambda"] = 2.4, ["mean"] = 1, ["cv"] = 1.5, ["c"] = 4 },
            () => HeadOfLinePriority.Means([0.6], [1], [1.5])[0].SojournS),
    };
}
