using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>What any repair reads and how long it takes, from the data processing inequality alone.</summary>
public static class RepairFloor
{
    public static Bound Reads { get; } = new()
    {
        Id = "coding.repair-reads",
        Title = "Repair reads what was lost",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters = [BoundParameter.Number("known", "share of the lost bytes that the rebuilding place already holds", 0, 1) with { Default = 0 }],
        Statement = "What is rebuilt is a function of what was read, so it holds no more information than that.",
        Formula = "received/lost >= 1 - known",
        Regime = "Bytes received per byte rebuilt, for shards of incompressible data; any code, any number of failures, each shard rebuilt at a place of its own that holds nothing of it (known = 0).",
        AppearsIn = "Any replacement of a lost disk.",
        MeansForYou = "Copies attain it and pay in storage; a claim of less than one byte read per byte lost is a claim about something else.",
        Citation = new Citation("cover2006", "Theorem 2.8.1"),
        Evaluator = a => BoundValue.Of(1 - a["known"]),
        Examples = [new(new BoundArguments(), 1, "[dimakis2010] section 1: replacing a replica takes one copy's traffic")],
        Attained = new Attainment("a copy is read once", new BoundArguments { ["known"] = 0 }, () => 1),
    };

    public static Bound Time { get; } = new()
    {
        Id = "coding.repair-time",
        Title = "Repair time from bandwidth",
        Side = Side.Floor,
        Unit = Unit.Second,
        Parameters =
        [
            BoundParameter.Number("bytes", "bytes on the lost node", unit: Unit.Parse("B")),
            BoundParameter.Integer("nodes", "nodes that are left and take part", 1),
            BoundParameter.Number("bandwidth", "what each of them can receive for repair", unit: Unit.Parse("B/s")),
            BoundParameter.Number("reads", "bytes received per byte lost, at least: 1 for any code, and at the MBR point; coding.cut-set-repair at minimum storage; coding.storage-repair between them", 1) with { Default = 1 },
        ],
        Statement = "Every lost byte is received at least so many times, and together the nodes receive no faster than the sum of their links.",
        Formula = "time >= bytes reads/(nodes bandwidth)",
        Regime = "Seconds from the first byte read to full redundancy, detection not counted, for incompressible data rebuilt on nodes that held nothing of it; any code, any placement. With reads above 1 the regime of the bound that it comes from holds too.",
        AppearsIn = "The window in which a second failure hurts.",
        MeansForYou = "Spread every node's shards over all others: a spare alone (nodes = 1) takes as many times longer as there are nodes.",
        Citation = new Citation("cover2006", "Theorem 2.8.1"),
        Evaluator = a => a["bytes"] == 0 ? BoundValue.Of(0)
            : a["bandwidth"] == 0 ? BoundValue.Unlimited
            : double.IsFinite(Seconds(a)) ? BoundValue.Of(Seconds(a)) : BoundValue.Unlimited,
        Examples =
        [
            new(new BoundArguments { ["bytes"] = 1e12, ["nodes"] = 1, ["bandwidth"] = 1e8 }, 10000, "a disk of 1 TB written at 100 MB/s"),
            new(new BoundArguments { ["bytes"] = 6e12, ["nodes"] = 399, ["bandwidth"] = 5e7 }, 6e12 / 399 / 5e7, "6 TB spread over 399 nodes of 50 MB/s: five minutes"),
            new(new BoundArguments { ["bytes"] = 1e12, ["nodes"] = 1, ["bandwidth"] = 1e8, ["reads"] = 2.75 }, 27500, "the same disk of 1 TB behind Clay (12,8,11), which reads 2.75"),
        ],
        Attained = new Attainment("a mirrored disk copied from its twin at the link's rate", new BoundArguments { ["bytes"] = 1e12, ["nodes"] = 1, ["bandwidth"] = 5e7 }, () => 20000),
    };

    private static double Seconds(BoundArguments a) => a["bytes"] / (a["nodes"] * a["bandwidth"]) * a["reads"];
}
