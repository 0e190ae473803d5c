using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;

namespace Headroom.Coding.Bounds;

/// <summary>With fewer than k of n shards left there is less than the data left: the loss of any code, and the storage that a loss goal takes.</summary>
public static class MdsConverse
{
    public static Bound Loss { get; } = new()
    {
        Id = "coding.mds-converse",
        Title = "MDS converse for loss",
        Side = Side.Floor,
        Unit = Unit.Count("probability"),
        Parameters =
        [
            BoundParameter.Integer("n", "shards of a stripe", 1),
            BoundParameter.Integer("k", "shards' worth of data in it", 1),
            BoundParameter.Probability("p", "probability that a given shard is gone"),
        ],
        Statement = "Fewer than k shards hold less than the data, so a stripe with more than n - k of its n shards gone is lost whatever the code.",
        Formula = "P(loss) >= P(Bin(n,p) > n - k)",
        Regime = "Probability, at one instant, that a stripe of incompressible data in n equal shards of 1/k of it cannot be decoded; shards are gone independently with probability p. A year's loss is at least that of any instant in it.",
        AppearsIn = "Durability figures with many nines.",
        MeansForYou = "At the same n, k and p no code loses less often than Reed-Solomon; only a smaller p (faster detection and repair), or more storage, does.",
        Citation = new Citation("polyanskiy2010", "Theorem 38"),
        Evaluator = a => CodeParameters.Problem(a["n"], a["k"]) is { } problem ? BoundValue.Outside(problem)
            : BoundValue.Of(Distributions.BinomialUpperTail(a["n"] - a["k"] + 1, a["n"], a["p"])),
        Examples =
        [
            new(new BoundArguments { ["n"] = 3, ["k"] = 1, ["p"] = 0.1 }, 0.001, "three copies: p^3"),
            new(new BoundArguments { ["n"] = 3, ["k"] = 2, ["p"] = 0.1 }, 0.028, "2+1: 3 p^2 (1-p) + p^3"),
        ],
        Attained = new Attainment("Reed-Solomon 4+2 at p = 0.05, by summing over its fatal sets", new BoundArguments { ["n"] = 6, ["k"] = 4, ["p"] = 0.05 },
            () => (20 * 0.000125 * 0.857375) + (15 * 0.00000625 * 0.9025) + (6 * 0.0000003125 * 0.95) + 0.000000015625),
    };

    public static Bound Overhead { get; } = new()
    {
        Id = "coding.mds-converse-overhead",
        Title = "Storage that a loss goal takes",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters =
        [
            BoundParameter.Integer("nodes", "nodes over which the data are spread evenly", 1),
            BoundParameter.Probability("p", "probability that a given node is gone"),
            BoundParameter.Probability("loss", "the loss goal"),
        ],
        Statement = "With f of the nodes gone the others hold all the data only if stored/data >= nodes/(nodes - f); so f must be survived up to the least f with P(Bin(nodes,p) > f) <= loss.",
        Formula = "stored/data >= nodes/(nodes - f), f least with P(Bin(nodes,p) > f) <= loss",
        Regime = "Bytes stored per byte of incompressible data, all nodes storing the same amount, gone independently with probability p at one instant; the goal is the probability of losing anything. Any code, any placement.",
        AppearsIn = "A durability goal (\"nine nines a year\") turned into disks.",
        MeansForYou = "Below this many bytes per byte no code meets the goal; p is at least detection time over (detection time + time to failure).",
        Citation = new Citation("polyanskiy2010", "Theorem 38"),
        Evaluator = EvaluateOverhead,
        Examples =
        [
            new(new BoundArguments { ["nodes"] = 3, ["p"] = 0.1, ["loss"] = 0.001 }, BoundValue.Of(3), "P(Bin(3,.1) > 2) = 0.001 and P(> 1) = 0.028: two must be survived"),
            new(new BoundArguments { ["nodes"] = 3, ["p"] = 0.1, ["loss"] = 0.03 }, BoundValue.Of(1.5), "P(Bin(3,.1) > 1) = 0.028: one must be survived"),
        ],
        Attained = new Attainment("2+1 on three nodes meets a goal of 0.028 at p = 0.1", new BoundArguments { ["nodes"] = 3, ["p"] = 0.1, ["loss"] = 0.0280000001 }, () => 3.0 / 2),
    };

    private static BoundValue EvaluateOverhead(BoundArguments a)
    {
        (double nodes, double p, double loss) = (a["nodes"], a["p"], a["loss"]);

        // The least f, by bisection on the decreasing tail. The tail of "more than nodes" is 0. One part in 10^12 of rounding is forgiven:
        // it lowers the floor, never raises it.
        double fails = -1;
        double holds = nodes;
        while (holds - fails > 1)
        {
            double middle = Math.Floor((holds + fails) / 2);
            if (Distributions.BinomialUpperTail(middle + 1, nodes, p) <= loss * (1 + 1e-12))
            {
                holds = middle;
            }
            else
            {
                fails = middle;
            }
        }

        return holds >= nodes ? BoundValue.Unlimited : BoundValue.Of(nodes / (nodes - holds));
    }
}
