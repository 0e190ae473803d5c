using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Dissemination.Bounds;

/// <summary>Light does not wait, and does not hurry either.</summary>
internal static class LatencyEccentricity
{
    public static Bound Bound { get; } = new()
    {
        Id = "dissemination.latency",
        Title = "Time to the farthest member",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Number("eccentricity", "shortest path in minimum link latency from the origin to the farthest member to be reached", max: 1e15, unit: Unit.Second),
            BoundParameter.Number("serialisation", "time that the payload with its headers occupies one line", max: 1e15, unit: Unit.Second) with { Default = 0 },
            BoundParameter.Integer("hops", "least number of links among paths to that member") with { Default = 1 },
        ],
        Statement = "The last member has the payload no earlier than its distance in minimum latency, plus one serialisation for each relay that must take it in whole.",
        Formula = "max over v of the distance from the origin, with serialisation s a link: D + s h",
        Regime = "Time from the request to the last delivery; latencies are each link's minimum, not its mean (with jitter the mean says nothing); relays take the payload "
            + "in whole before they send it on; all copies whole. With hops = 1 it holds for cut-through relays and chunks too.",
        AppearsIn = "any broadcast over distance: configuration push, block propagation, invalidation",
        MeansForYou = "Below this no protocol helps: only a shorter path, a faster line or a smaller payload.",
        Citation = new Citation("culler1993", "section 3"),
        Evaluator = arguments => arguments["hops"] == 0
            ? BoundValue.Of(0)
            : BoundValue.Of(arguments["eccentricity"] + (arguments["serialisation"] * arguments["hops"])),
        Examples =
        [
            new(new BoundArguments { ["eccentricity"] = 6, ["serialisation"] = 4, ["hops"] = 1 }, 10,
                "[culler1993] figure 3: the first processor has it at 10 = L + 2 o with L = 6, o = 2 (written as latency 6 and serialisation g = 4)"),
        ],
        Attained = new Attainment("a line of three links of 10, 20 and 30 ms with 1 ms to serialise, followed link by link",
            new BoundArguments { ["eccentricity"] = 0.06, ["serialisation"] = 0.001, ["hops"] = 3 }, Line),
    };

    private static double Line()
    {
        double at = 0;
        foreach (double latency in new[] { 0.01, 0.02, 0.03 })
        {
            at += 0.001;
            at += latency;
        }

        return at;
    }
}
