using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Queueing.Bounds;

/// <summary>Servers cannot do more than a second of work a second each.</summary>
public static class StabilityBound
{
    /// <summary>Least servers that keep up with the offered work. A product that rounding has lifted over a whole number is not counted as over it.</summary>
    public static Bound Servers { get; } = new()
    {
        Id = "queueing.stability",
        Title = "Servers needed to keep up",
        Side = Side.Floor,
        Unit = Unit.Count("servers"),
        Parameters =
        [
            BoundParameter.Number("lambda", "arrivals, long-run average", 1e-12, 1e12, Unit.PerSecond),
            Given.MeanService,
        ],
        Statement = "With fewer servers than the offered work, the backlog grows without limit.",
        Formula = "c >= ceil(lambda E[S])",
        Regime = "long-run averages of any arrival and service process; servers of unit speed; every arrival is served to the end; any policy. (With random arrivals or sizes a load of exactly c is unstable too.)",
        AppearsIn = "sizing a pool of workers, threads, connections or machines",
        MeansForYou = "below this count no scheduler helps: shed load, make requests cheaper, or add servers",
        Citation = new Citation("loynes1962", "the queue with many servers"),
        Evaluator = given => BoundValue.Of(Math.Max(1, Math.Ceiling(given["lambda"] * given["mean"] * (1 - 1e-12)))),
        Examples =
        [
            new WorkedExample(new BoundArguments { ["lambda"] = 850, ["mean"] = 0.0042 }, 4, "850 x 0.0042 = 3.57 erlangs"),
            new WorkedExample(new BoundArguments { ["lambda"] = 30, ["mean"] = 0.1 }, 3, "30 x 0.1 = 3 erlangs exactly"),
        ],
        Attained = new Attainment("three jobs at the start of every second, each of one second: three servers, never a wait",
            new BoundArguments { ["lambda"] = 3, ["mean"] = 1 }, LeastServersWithoutWait),
    };

    private static double LeastServersWithoutWait()
    {
        for (int servers = 1; ; servers++)
        {
            var freeAt = new double[servers];
            double waited = 0;
            for (int job = 0; job < 300; job++)
            {
                Array.Sort(freeAt);
                double arrives = Math.Floor(job / 3.0);
                waited += Math.Max(0, freeAt[0] - arrives);
                freeAt[0] = Math.Max(freeAt[0], arrives) + 1;
            }

            if (waited == 0)
            {
                return servers;
            }
        }
    }
}
