using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>The cut-set bound of regenerating codes at the point of least storage.</summary>
public static class CutSetRepairBound
{
    public static Bound Reads { get; } = new()
    {
        Id = "coding.cut-set-repair",
        Title = "Cut-set bound on repair traffic",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters =
        [
            BoundParameter.Integer("k", "shards, any of which decode", 1, 1e9),
            BoundParameter.Integer("d", "helpers that the replaced shard hears from, equally", 1, 1e9),
        ],
        Statement = "A reader of k nodes that were repaired one after another sees, through the cut, the min over i of what d - i helpers sent; all the data must pass.",
        Formula = "received/lost >= d/(d - k + 1)",
        Regime = "Bytes received over the network per byte of the one shard rebuilt. One failure at a time, any k of the n shards decode, each stores exactly 1/k of the data, each of d >= k helpers sends the same amount. Codes without the any-k property (LRC) and repairs of several shards together are outside.",
        AppearsIn = "Repair traffic after a lost disk; Clay and other regenerating codes.",
        MeansForYou = "Reed-Solomon reads k bytes per byte lost; no code that survives as much at the same storage reads less than d/(d - k + 1). Copies read 1.",
        Citation = new Citation("dimakis2010", "Theorem 1"),
        Evaluator = a => a["d"] < a["k"] ? BoundValue.Outside($"{a["d"]} helpers hold less than the data; at least {a["k"]} are needed") : BoundValue.Of(a["d"] / (a["d"] - a["k"] + 1)),
        Examples =
        [
            new(new BoundArguments { ["k"] = 8, ["d"] = 11 }, 2.75, "[vajha2018]: Clay (12,8,11) reads 2.75 chunks where RS reads 8"),
            new(new BoundArguments { ["k"] = 10, ["d"] = 13 }, 3.25, "[vajha2018]: Clay (14,10,13) reads 3.25 chunks"),
            new(new BoundArguments { ["k"] = 7, ["d"] = 13 }, BoundValue.Of(7 * 0.2653), "[dimakis2010] section 1: (14,7) repairs with 0.27 of the file (13/49)") { RelativeTolerance = 1e-3 },
        ],
        Attained = new Attainment("a copy is read once", new BoundArguments { ["k"] = 1, ["d"] = 1 }, () => 1),
    };
}
