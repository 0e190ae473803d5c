using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Queueing.Bounds;

/// <summary>Unfinished work, path by path.</summary>
public static class WorkloadBound
{
    public static Bound OfPath { get; } = new()
    {
        Id = "queueing.workload",
        Title = "Unfinished work on a path",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Vector("arrivals", "instants of arrival, not falling", 0, 1e12) with { Unit = Unit.Second },
            BoundParameter.Vector("sizes", "the work each brings", 0, 1e12) with { Unit = Unit.Second },
            Given.Servers,
            BoundParameter.Number("at", "when the work is counted, just after any arrival then", 0, 1e12, Unit.Second),
        ],
        Statement = "At every instant c servers have at least as much work left as one server of speed c that is never idle while there is work.",
        Formula = "V(t) >= max over s <= t of (work arrived in [s, t] - c (t - s)), 0 where none is positive",
        Regime = "these arrivals and sizes, every sample path; servers of speed 1, empty at the start; any policy; what is counted is the remaining service of all jobs present",
        AppearsIn = "recovery after a burst; comparing dispatchers on a recorded day",
        MeansForYou = "after a burst the backlog cannot vanish faster, whoever dispatches",
        Citation = new Citation("brumelle1971", "comparison with one server of the joint speed"),
        Evaluator = Evaluate,
        Examples =
        [
            new WorkedExample(
                new BoundArguments { { "arrivals", new double[] { 0, 0, 1 } }, { "sizes", new double[] { 2, 2, 2 } }, { "c", 2 }, { "at", 1 } },
                4, "by hand: 4 - 2 x 1 left of the first two, and 2 new"),
            new WorkedExample(
                new BoundArguments { { "arrivals", new double[] { 0, 0, 1 } }, { "sizes", new double[] { 2, 2, 2 } }, { "c", 2 }, { "at", 4 } },
                0, "by hand: 4 - 2 x 3 is negative"),
        ],
        Attained = new Attainment("one server: 3 + 1 - 2 seconds left two seconds after the start",
            new BoundArguments { { "arrivals", new double[] { 0, 1 } }, { "sizes", new double[] { 3, 1 } }, { "c", 1 }, { "at", 2 } },
            () => 3 + 1 - 2),
    };

    private static BoundValue Evaluate(BoundArguments given)
    {
        double[] arrivals = given.Vector("arrivals");
        double[] sizes = given.Vector("sizes");
        if (arrivals.Length != sizes.Length)
        {
            return BoundValue.Outside($"{arrivals.Length} arrivals and {sizes.Length} sizes");
        }

        double work = 0;
        double clock = 0;
        for (int i = 0; i < arrivals.Length && arrivals[i] <= given["at"]; i++)
        {
            if (arrivals[i] < clock)
            {
                return BoundValue.Outside("the arrivals are not in order");
            }

            work = Math.Max(0, work - (given["c"] * (arrivals[i] - clock))) + sizes[i];
            clock = arrivals[i];
        }

        return BoundValue.Of(Math.Max(0, work - (given["c"] * (given["at"] - clock))));
    }
}
