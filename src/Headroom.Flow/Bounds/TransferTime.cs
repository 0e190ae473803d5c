using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>How long a bulk copy takes at least: the cut that it must cross, and the way. And the same for packets that are stored at every hop.</summary>
public static class TransferTime
{
    public static Bound Cut { get; } = new()
    {
        Id = "flow.transfer-time",
        Title = "Transfer time over a cut",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Number("size", "bits to move", max: 1e30, unit: Unit.Bit),
            BoundParameter.Number("rate", "capacity of the smallest cut between the two, bit/s", max: 1e30, unit: Unit.BitPerSecond),
            new("latency", ParameterShape.Number, "least sum of link latencies on any path") { Min = 0, Max = 1e15, Unit = Unit.Second, Default = 0 },
        ],
        Statement = "The last bit cannot arrive before the smallest cut has passed all of them and the shortest way has been travelled.",
        Formula = "time >= latency + size / rate; 0 for a size of 0",
        Regime = "Counted: from the first bit sent to the last received, one source, one sink, nothing at the sink before. Constant capacities and latencies, any "
            + "number of paths, coding allowed; the size is what really crosses, after compression. Every strategy: a link on a path of latency L carries "
            + "useful bits for at most time - L.",
        AppearsIn = "nightly copies, restores, region evacuation, live migration",
        MeansForYou = "if the window is shorter than this, send fewer bits or buy rate across the cut; protocols cannot help",
        Citation = new Citation("ford1962", "Chapter III.9, maximal dynamic flow"),
        Evaluator = a => a["size"] == 0 ? BoundValue.Of(0)
            : a["rate"] < 1e-200 ? BoundValue.Unlimited
            : BoundValue.Of(a["latency"] + (a["size"] / a["rate"])),
        Examples =
        [
            new(new BoundArguments { ["size"] = 640_000, ["rate"] = 64_000 }, 10, "[kurose2013] Section 1.3.2: 640,000 bits at 64 kbit/s"),
            new(new BoundArguments { ["size"] = 640_000, ["rate"] = 64_000, ["latency"] = 0.25 }, 10.25, "the same over a way of 250 ms: 10 + 0.25"),
        ],
        Attained = new(
            "one link of 1 Mbit/s and 50 ms: the last of 2,000,000 bits leaves after 2 s",
            new BoundArguments { ["size"] = 2e6, ["rate"] = 1e6, ["latency"] = 0.05 },
            () => (2_000_000 * 1e-6) + 0.05),
    };

    public static Bound StoreAndForward { get; } = new()
    {
        Id = "flow.store-and-forward",
        Title = "Store-and-forward time",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Integer("packets", "packets of equal size", 1),
            BoundParameter.Number("size", "bits of a packet", max: 1e30, unit: Unit.Bit),
            BoundParameter.Integer("hops", "links on the path", 1, 1e9),
            BoundParameter.Number("rate", "bit/s of each link", max: 1e30, unit: Unit.BitPerSecond),
            new("latency", ParameterShape.Number, "sum of the path's link latencies") { Min = 0, Max = 1e15, Unit = Unit.Second, Default = 0 },
        ],
        Statement = "A packet that is received whole before it is sent on pays its own sending time at every hop; those behind it follow in a pipeline.",
        Formula = "time >= latency + (packets + hops - 1) size / rate; 0 for a size of 0",
        Regime = "Counted: from the first bit sent to the last received. One path of links of equal rate, packets of equal size, each stored whole at every "
            + "node before it is sent on; no processing, no loss, no other traffic. Smaller packets lower it; headers then raise it.",
        AppearsIn = "relays, message brokers in chains, image distribution through caches",
        MeansForYou = "cut a large object into pieces before sending it through relays: the pipeline hides all hops but one piece",
        Citation = new Citation("kurose2013", "Section 1.3.1, equation 1.1 and the pipeline of N packets"),
        Evaluator = a => a["size"] == 0 ? BoundValue.Of(0)
            : a["rate"] < 1e-200 ? BoundValue.Unlimited
            : BoundValue.Of(a["latency"] + ((a["packets"] + a["hops"] - 1) * (a["size"] / a["rate"]))),
        Examples =
        [
            new(
                new BoundArguments { ["packets"] = 1, ["size"] = 1e6, ["hops"] = 3, ["rate"] = 1e6 },
                3,
                "[kurose2013] equation 1.1: one packet over N links takes N L / R"),
            new(
                new BoundArguments { ["packets"] = 3, ["size"] = 1e6, ["hops"] = 2, ["rate"] = 1e6 },
                4,
                "[kurose2013] Section 1.3.1: three packets over two links, all received at 4 L / R"),
        ],
        Attained = new(
            "three packets over two links, sent back to back: sent at 0, 1, 2, forwarded at 1, 2, 3, the last received at 4",
            new BoundArguments { ["packets"] = 3, ["size"] = 1e6, ["hops"] = 2, ["rate"] = 1e6 },
            () => Enumerable.Range(0, 3).Max(sent => sent + 1.0 + 1.0)),
    };
}
