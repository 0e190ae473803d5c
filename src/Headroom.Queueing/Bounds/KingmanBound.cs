using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Queueing.Bounds;

/// <summary>What two moments of arrivals and service promise at worst.</summary>
public static class KingmanBound
{
    public static Bound Wait { get; } = new()
    {
        Id = "queueing.kingman",
        Title = "Mean wait at most",
        Side = Side.Ceiling,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Number("lambda", "arrivals", 1e-12, 1e12, Unit.PerSecond),
            BoundParameter.Number("ca", "coefficient of variation of the time between arrivals", 0, 1e6),
            Given.MeanService,
            Given.Cv,
        ],
        Statement = "Whatever the distributions, the mean wait at one server in order of arrival is at most this.",
        Formula = "E[W] <= lambda (Var A + Var S)/(2 (1 - rho)); unbounded at rho >= 1",
        Regime = "one server, order of arrival; times between arrivals independent and alike, service times too, both independent of each other; steady state",
        AppearsIn = "a single worker, disk or link of which only means and variances are known",
        MeansForYou = "a safe promise from two moments: halve either variance or the load to halve it",
        Citation = new Citation("kingman1962", "upper bound of the mean wait"),
        Evaluator = given =>
        {
            double rho = given["lambda"] * given["mean"];
            double gapS = given["ca"] / given["lambda"];
            double sizeS = given["cv"] * given["mean"];
            double wait = given["lambda"] * ((gapS * gapS) + (sizeS * sizeS)) / (2 * (1 - rho));
            return rho >= 1 ? BoundValue.Unlimited : BoundValue.Of(wait);
        },
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["ca"] = 1, ["mean"] = 1, ["cv"] = 1 }, 2.5, "0.5 (4 + 1)/(2 x 0.5); M/M/1 itself waits 1"),
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["ca"] = 0, ["mean"] = 1, ["cv"] = 0 }, 0, "a clockwork never waits"),
        ],
    };
}
