using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>
/// Deterministic network calculus of a token-bucket flow, at most b + r t in any time t, at a rate-latency server, which in any backlogged
/// period of length t serves at least R (t - T). The delay bound is the horizontal deviation of the two curves, the backlog bound the vertical one.
/// </summary>
public static class TokenBucketServer
{
    private const string Appears = "rate-limited APIs, shaped uplinks, time-sensitive networks, noisy neighbours behind a limiter";

    public static Bound Delay { get; } = new()
    {
        Id = "flow.token-bucket-delay",
        Title = "Delay of a token bucket at a rate-latency server",
        Side = Side.Ceiling,
        Unit = Unit.Second,
        Parameters = Parameters(),
        Statement = "No bit of a shaped flow waits longer than the server's latency and the time to serve one burst.",
        Formula = "delay <= T + b / R when r <= R; unbounded when r > R",
        Regime = "Counted: virtual delay of any bit in the worst case, bits of the flow in order. Fluid; arrivals within b + r t always, service at least R (t - T) always; "
            + "no loss. With several flows, b and r are those of the aggregate and the order among them is first in, first out.",
        AppearsIn = Appears,
        MeansForYou = "the worst case is set by the burst, not by the mean: halve the bucket to halve the queue",
        Citation = new Citation("leboudec2001", "Theorem 1.4.2"),
        Evaluator = a => a["r"] > a["R"] ? BoundValue.Unlimited
            : a["b"] == 0 ? BoundValue.Of(a["T"])
            : a["R"] < 1e-200 ? BoundValue.Unlimited
            : BoundValue.Of(a["T"] + (a["b"] / a["R"])),
        Examples =
        [
            new(new BoundArguments { ["b"] = 4, ["r"] = 3, ["R"] = 4, ["T"] = 3 }, 4, "[zippo2022] horizontal deviation of sigma-rho (4, 3) and rate-latency (4, 3)"),
            new(new BoundArguments { ["b"] = 4, ["r"] = 5, ["R"] = 4, ["T"] = 3 }, BoundValue.Unlimited, "[zippo2022] a rate above the server's"),
            new(new BoundArguments { ["b"] = 50, ["r"] = 10, ["R"] = 10, ["T"] = 10 }, 15, "[bondorf2014] two flows (5, 25), one server, first in, first out"),
        ],
        Attained = new(
            "a burst of 25 at once before a server that sleeps 10 and then serves 10 a second",
            new BoundArguments { ["b"] = 25, ["r"] = 5, ["R"] = 10, ["T"] = 10 },
            () => 10 + (25 * 0.1)),
    };

    public static Bound Backlog { get; } = new()
    {
        Id = "flow.token-bucket-backlog",
        Title = "Backlog of a token bucket at a rate-latency server",
        Side = Side.Ceiling,
        Unit = Unit.Bit,
        Parameters = Parameters(),
        Statement = "A buffer of one burst and what arrives during the server's latency never overflows.",
        Formula = "backlog <= b + r T when r <= R; unbounded when r > R",
        Regime = "Counted: bits held at any instant in the worst case. Fluid; arrivals within b + r t always, service at least R (t - T) always; any order of service.",
        AppearsIn = Appears,
        MeansForYou = "a buffer of this size loses nothing; a larger one only adds delay",
        Citation = new Citation("leboudec2001", "Theorem 1.4.1"),
        Evaluator = a => a["r"] > a["R"] ? BoundValue.Unlimited : BoundValue.Of(a["b"] + (a["r"] * a["T"])),
        Examples =
        [
            new(new BoundArguments { ["b"] = 50, ["r"] = 10, ["R"] = 10, ["T"] = 10 }, 150, "[bondorf2014] two flows (5, 25), one server"),
            new(new BoundArguments { ["b"] = 25, ["r"] = 5, ["R"] = 10, ["T"] = 20 }, 125, "[bondorf2014] one flow (5, 25), two servers in tandem as one"),
        ],
        Attained = new(
            "a burst of 25 and then 5 a second before a server that sleeps 10",
            new BoundArguments { ["b"] = 25, ["r"] = 5, ["R"] = 10, ["T"] = 10 },
            () => 25 + (5 * 10)),
    };

    public static Bound ArbitraryOrder { get; } = new()
    {
        Id = "flow.arbitrary-multiplexing-delay",
        Title = "Delay of an aggregate served in any order",
        Side = Side.Ceiling,
        Unit = Unit.Second,
        Parameters = Parameters(),
        Statement = "When a server may pick any flow first, a bit waits at most until the server is idle once.",
        Formula = "delay <= (b + R T) / (R - r) when r < R; unbounded when r >= R",
        Regime = "Counted: delay of any bit of any flow in the worst case; b and r of the aggregate. Fluid; arrivals within b + r t always, strict service at least R (t - T) in any "
            + "backlogged period; the order among flows is arbitrary, even adverse.",
        AppearsIn = "priority queues seen from below, work-stealing pools, last-in first-out request stacks",
        MeansForYou = "without first in, first out there is no worst-case delay at full load, however small the bursts",
        Citation = new Citation("schmitt2008", "the bound by the longest backlogged period"),
        Evaluator = a => a["r"] >= a["R"] || a["R"] - a["r"] < 1e-200 ? BoundValue.Unlimited
            : BoundValue.Of((a["b"] + (a["R"] * a["T"])) / (a["R"] - a["r"])),
        Examples =
        [
            new(new BoundArguments { ["b"] = 50, ["r"] = 10, ["R"] = 10, ["T"] = 10 }, BoundValue.Unlimited, "[bondorf2014] two flows (5, 25), one server, arbitrary multiplexing"),
        ],
        Attained = new(
            "burst 25 at once, then 5 a second, the first bit always last: the server sleeps 10, then needs t with 10 t = 25 + 5 (10 + t)",
            new BoundArguments { ["b"] = 25, ["r"] = 5, ["R"] = 10, ["T"] = 10 },
            () => 10 + ((25 + (5 * 10)) / (10.0 - 5))),
    };

    private static IReadOnlyList<BoundParameter> Parameters() =>
    [
        BoundParameter.Number("b", "burst of the flow: the bucket's size", max: 1e30, unit: Unit.Bit),
        BoundParameter.Number("r", "sustained rate of the flow", max: 1e30, unit: Unit.BitPerSecond),
        BoundParameter.Number("R", "rate of the server", max: 1e30, unit: Unit.BitPerSecond),
        new("T", ParameterShape.Number, "latency of the server") { Min = 0, Max = 1e15, Unit = Unit.Second, Default = 0 },
    ];
}
