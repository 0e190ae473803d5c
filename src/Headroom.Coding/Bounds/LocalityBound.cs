using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>The Singleton-type bound of codes whose data shards are repaired from few others.</summary>
public static class LocalityBound
{
    public static Bound Distance { get; } = new()
    {
        Id = "coding.lrc-singleton",
        Title = "Singleton-type bound of locally repairable codes",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters =
        [
            CodeParameters.Length,
            CodeParameters.Dimension,
            BoundParameter.Integer("r", "shards that the repair of one data shard reads", 1, 4096),
        ],
        Statement = "Each group of r data shards and what repairs them is dependent, which costs one parity per group beyond Singleton.",
        Formula = "d <= n - k - ceil(k/r) + 2",
        Regime = "Minimum distance of linear codes in which every data shard is a combination of at most r others; for r = k it is Singleton's.",
        AppearsIn = "Azure's and Ceph's LRC, Facebook's Xorbas.",
        MeansForYou = "Cheap repair is paid with ceil(k/r) - 1 parities that do not raise the number of failures survived.",
        Citation = new Citation("gopalan2012", "Theorem 5"),
        Evaluator = Evaluate,
        Examples =
        [
            new(new BoundArguments { ["n"] = 16, ["k"] = 12, ["r"] = 6 }, 4, "[huang2012] section 2: LRC(12,2,2) survives any three failures, and the best possible does"),
            new(new BoundArguments { ["n"] = 10, ["k"] = 6, ["r"] = 3 }, 4, "[huang2012] section 2: LRC(6,2,2) survives any three failures"),
        ],
        Attained = new Attainment("two copies of k data shards: r = 1, d = 2", new BoundArguments { ["n"] = 20, ["k"] = 10, ["r"] = 1 }, () => 2),
    };

    public static Bound Overhead { get; } = new()
    {
        Id = "coding.lrc-overhead",
        Title = "Storage that local repair takes",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters =
        [
            CodeParameters.Dimension,
            BoundParameter.Integer("r", "shards that the repair of one data shard reads", 1, 4096),
            BoundParameter.Integer("t", "lost shards to be survived, wherever they fall", 1, 4096),
        ],
        Statement = "Gopalan's bound solved for the length: distance t + 1 at locality r takes n >= k + ceil(k/r) + t - 1 shards.",
        Formula = "n/k >= (k + ceil(k/r) + t - 1)/k",
        Regime = "Bytes stored per byte of linear codes on k data shards in which every data shard is a combination of at most r others and any t losses are survived.",
        AppearsIn = "Choosing the group size of an LRC.",
        MeansForYou = "Halving what a repair reads from k to k/2 costs one shard per stripe, whatever the code.",
        Citation = new Citation("gopalan2012", "Theorem 5"),
        Evaluator = a => BoundValue.Of((a["k"] + Math.Ceiling(a["k"] / a["r"]) + a["t"] - 1) / a["k"]),
        Examples = [new(new BoundArguments { ["k"] = 12, ["r"] = 6, ["t"] = 3 }, BoundValue.Of(16.0 / 12), "[huang2012] section 2: LRC(12,2,2) stores 1.33 bytes per byte")],
        Attained = new Attainment("LRC(12,2,2): 16 shards for 12", new BoundArguments { ["k"] = 12, ["r"] = 6, ["t"] = 3 }, () => 16.0 / 12),
    };

    private static BoundValue Evaluate(BoundArguments a)
    {
        double distance = a["n"] - a["k"] - Math.Ceiling(a["k"] / a["r"]) + 2;
        return distance < 2
            ? BoundValue.Outside($"{a["n"]} shards leave no room for locality {a["r"]}: at least {a["k"] + Math.Ceiling(a["k"] / a["r"])} are needed")
            : BoundValue.Of(distance);
    }
}
