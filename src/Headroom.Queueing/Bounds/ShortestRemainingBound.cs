using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Queueing.Models;
using Headroom.Queueing.Service;

namespace Headroom.Queueing.Bounds;

/// <summary>
/// One server of speed c can do in every instant what c servers of speed 1 do, so its best mean sojourn is a floor for theirs; and on one server
/// shortest remaining processing time is best on every sample path [schrage1968].
/// </summary>
public static class ShortestRemainingBound
{
    private const string Regime = "Poisson arrivals, independent sizes of the stated distribution; c servers of speed 1 relaxed to one of speed c; any policy, also preemptive (resume) and knowing every size; the mean over all jobs";

    public static Bound Fitted { get; } = new()
    {
        Id = "queueing.srpt",
        Title = "Shortest remaining time on one c-times-faster server",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.Arrivals, Given.MeanService, Given.Cv, Given.Servers, Given.Family],
        Statement = "No policy on c servers has a smaller mean sojourn than shortest remaining processing time on one server c times as fast.",
        Formula = "E[T] >= M/G/1-SRPT at load lambda E[S]/c, every size divided by c; unbounded at a load of 1",
        Regime = Regime,
        AppearsIn = "any dispatcher or scheduler before a pool of servers",
        MeansForYou = "what remains between your delay and this is the price of not knowing sizes, of not interrupting, and of several servers instead of one",
        Citation = new Citation("schrage1966", "equation for the mean flow time"),
        Evaluator = given => Given.Fitted(given, service => ShortestRemaining.MeanSojournS(given["lambda"], service, given["c"])),
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["mean"] = 1, ["cv"] = 1, ["c"] = 1 }, 1.4253726638775692, "the formula by Simpson's rule with 200,000 intervals") { RelativeTolerance = 1e-8 },
            new WorkedExample(new BoundArguments { ["lambda"] = 0.9, ["mean"] = 1, ["cv"] = 1, ["c"] = 1 }, 3.552125099625997, "the formula by Simpson's rule with 200,000 intervals") { RelativeTolerance = 1e-8 },
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["mean"] = 1, ["cv"] = 0, ["c"] = 1 }, 1.5, "equal sizes: Pollaczek-Khinchine, 1 + 0.5/(2 x 0.5)"),
            new WorkedExample(new BoundArguments { ["lambda"] = 2, ["mean"] = 1, ["cv"] = 1, ["c"] = 2 }, BoundValue.Unlimited, "load 1"),
        ],
        Attained = new Attainment("equal sizes on one server in order of arrival: none is ever worth interrupting",
            new BoundArguments { ["lambda"] = 0.75, ["mean"] = 1, ["cv"] = 0, ["c"] = 1 },
            () => PollaczekKhinchine.Means(0.75, 1, 0).SojournS),
    };

    public static Bound OfSizes { get; } = new()
    {
        Id = "queueing.srpt-sizes",
        Title = "Shortest remaining time on one c-times-faster server, sizes given",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters = [Given.Arrivals, Given.Sizes, Given.Weights, Given.Servers],
        Statement = "No policy on c servers has a smaller mean sojourn than shortest remaining processing time on one server c times as fast.",
        Formula = "as queueing.srpt, the integrals finite sums, equal sizes in order of arrival",
        Regime = Regime,
        AppearsIn = "a dispatcher with recorded service times",
        MeansForYou = "what remains between your delay and this is the price of not knowing sizes, of not interrupting, and of several servers instead of one",
        Citation = new Citation("schrage1966", "equation for the mean flow time"),
        Evaluator = given => Given.OfSizes(given, service => ShortestRemaining.MeanSojournS(given["lambda"], service, given["c"])),
        Examples =
        [
            new WorkedExample(
                new BoundArguments { { "lambda", 0.25 }, { "sizes", new double[] { 1, 3 } }, { "weights", new[] { 0.5, 0.5 } }, { "c", 1 } },
                41.0 / 14, "the sums in rational arithmetic: 41/14"),
        ],
        Attained = new Attainment("equal sizes on one server in order of arrival: none is ever worth interrupting",
            new BoundArguments { { "lambda", 0.75 }, { "sizes", new double[] { 1 } }, { "weights", new double[] { 1 } }, { "c", 1 } },
            () => PollaczekKhinchine.Means(0.75, 1, 0).SojournS),
    };

    public static Bound Servers { get; } = new()
    {
        Id = "queueing.servers-for-mean",
        Title = "Servers needed for a mean sojourn",
        Side = Side.Floor,
        Unit = Unit.Count("servers"),
        Parameters =
        [
            Given.Arrivals, Given.MeanService, Given.Cv, Given.Family,
            BoundParameter.Number("goal", "mean sojourn to reach", 1e-12, 1e12, Unit.Second),
        ],
        Statement = "With fewer servers, not even one server of their joint speed under the best policy reaches the mean sojourn.",
        Formula = "the least c with max(E[S], SRPT on one server of speed c) <= goal; unbounded for a goal below E[S]",
        Regime = Regime + "; a job is served by one server at a time",
        AppearsIn = "sizing a pool for a mean delay",
        MeansForYou = "no dispatcher meets the goal with fewer",
        Citation = new Citation("schrage1966", "equation for the mean flow time"),
        Evaluator = given => given["lambda"] * given["mean"] > 1e6
            ? BoundValue.Outside("more than a million servers")
            : given["goal"] < given["mean"]
            ? BoundValue.Unlimited
            : Given.Fitted(given, service => LeastServers(given["lambda"], service, given["goal"])),
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["mean"] = 1, ["cv"] = 0, ["goal"] = 1.5 }, 1, "1.5 s on one server: Pollaczek-Khinchine"),
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["mean"] = 1, ["cv"] = 0, ["goal"] = 1.25 }, 2, "1.5 s on one server; (1 + 0.25/(2 x 0.75))/2 = 0.583 s on one of speed 2"),
            new WorkedExample(new BoundArguments { ["lambda"] = 0.5, ["mean"] = 1, ["cv"] = 0, ["goal"] = 0.9 }, BoundValue.Unlimited, "below the mean service time"),
        ],
    };

    /// <summary>Doubling, then halving: the sojourn falls as the speed grows.</summary>
    private static double LeastServers(double lambda, ServiceDistribution service, double goalS)
    {
        int none = (int)Math.Floor(lambda * service.MeanS);
        int enough = none + 1;
        while (ShortestRemaining.MeanSojournS(lambda, service, enough) > goalS * (1 + ShortestRemaining.RelativeError))
        {
            none = enough;
            enough *= 2;
        }

        while (enough - none > 1)
        {
            int middle = none + ((enough - none) / 2);
            if (ShortestRemaining.MeanSojournS(lambda, service, middle) > goalS * (1 + ShortestRemaining.RelativeError))
            {
                none = middle;
            }
            else
            {
                enough = middle;
            }
        }

        return enough;
    }
}
