using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>
/// The whole trade-off between what a node stores (alpha) and what its repair receives (gamma), from minimum storage (MSR) to minimum repair (MBR):
/// a reader of k nodes, repaired one after another from d helpers each, has all the data only if sum over i = 0 … k-1 of min(alpha, (d-i) gamma/d) is at least 1.
/// </summary>
public static class StorageRepairBound
{
    private const string Regime = "Functional repair: what is rebuilt need not equal what was lost. One failure at a time, any k of the nodes decode, every node stores the same, each of d >= k helpers sends the same amount. "
        + "Shares of incompressible data. Codes without the any-k property (LRC) and repairs of several nodes together are outside.";

    private static readonly BoundParameter K = BoundParameter.Integer("k", "nodes, any of which decode", 1, 1e4);
    private static readonly BoundParameter D = BoundParameter.Integer("d", "helpers that a repaired node hears from, equally", 1, 1e9);

    public static Bound Received { get; } = new()
    {
        Id = "coding.storage-repair",
        Title = "Trade-off of storage and repair: what repair receives",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters = [K, D, BoundParameter.Number("stored", "what a node stores, as a share of the data", 0, 1)],
        Statement = "The cut between the data and a reader of k repaired nodes carries, from each, no more than it stores and no more than was new to it.",
        Formula = "gamma/alpha, gamma least with sum over i < k of min(alpha, (d-i) gamma/d) >= 1",
        Regime = "Bytes received per byte that the repaired node stores. " + Regime + " Beyond the share of the MBR point storage is wasted, and the floor per byte of it falls below 1.",
        AppearsIn = "Product-matrix, Clay and other regenerating codes.",
        MeansForYou = "A little more storage than Reed-Solomon's buys much less repair traffic; at the MBR point a repair receives only what was lost, as a copy's does.",
        Citation = new Citation("dimakis2010", "Theorem 1"),
        Evaluator = EvaluateReceived,
        Examples =
        [
            new(new BoundArguments { ["k"] = 5, ["d"] = 9, ["stored"] = 0.2 }, 1.8, "[dimakis2010] section 3: gamma = d/(k (d-k+1)) = 0.36 of the data at minimum storage"),
            new(new BoundArguments { ["k"] = 3, ["d"] = 4, ["stored"] = 4.0 / 9 }, 1, "[rashmi2011] section 4: the product-matrix MBR code (n=5, k=3, d=4) holds 9 symbols at 4 a node and receives 4"),
            new(new BoundArguments { ["k"] = 2, ["d"] = 3, ["stored"] = 0.5 }, 1.5, "[dimakis2010] section 1: (4,2) repairs a node of half the data from three helpers of a quarter each"),
        ],
        Attained = new Attainment("a copy is read once", new BoundArguments { ["k"] = 1, ["d"] = 1, ["stored"] = 1 }, () => 1),
    };

    public static Bound Stored { get; } = new()
    {
        Id = "coding.repair-storage",
        Title = "Trade-off of storage and repair: what a node stores",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters = [K, D, BoundParameter.Number("received", "what a repair receives, as a share of the data", 0, 1e9)],
        Statement = "With gamma received by a repair, each of k nodes must store enough for the cut to pass the data.",
        Formula = "alpha least with sum over i < k of min(alpha, (d-i) gamma/d) >= 1: 1/k from gamma = d/(k (d-k+1)) on, and unbounded below gamma = 2d/(k (2d-k+1))",
        Regime = "What one node stores, as a share of the data. " + Regime,
        AppearsIn = "Choosing between minimum storage and minimum repair traffic.",
        MeansForYou = "Below the MBR point's traffic no amount of storage helps.",
        Citation = new Citation("dimakis2010", "Theorem 1"),
        Evaluator = EvaluateStored,
        Examples =
        [
            new(new BoundArguments { ["k"] = 5, ["d"] = 9, ["received"] = 0.36 }, 0.2, "[dimakis2010] section 3: minimum storage, 1/k"),
            new(new BoundArguments { ["k"] = 5, ["d"] = 9, ["received"] = 18.0 / 70 }, 18.0 / 70, "[dimakis2010] section 3: minimum bandwidth, 2d/(2kd - k^2 + k)"),
        ],
        Attained = new Attainment("a copy is read once", new BoundArguments { ["k"] = 1, ["d"] = 1, ["received"] = 1 }, () => 1),
    };

    public static Bound MinimumRepairOverhead { get; } = new()
    {
        Id = "coding.mbr-overhead",
        Title = "Storage of codes whose repair receives what was lost",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters = [BoundParameter.Integer("n", "nodes of a stripe", 1, 1e9), K, D],
        Statement = "At the minimum of repair traffic a node stores what its repair receives, 2d/(k (2d-k+1)) of the data.",
        Formula = "stored/data >= 2 n d/(k (2d - k + 1))",
        Regime = "Bytes stored per byte of data by n nodes whose repair receives no more than they store. " + Regime,
        AppearsIn = "Product-matrix MBR codes against copies.",
        MeansForYou = "Repair as cheap as a copy's costs less than copies do, and about twice Reed-Solomon's storage at most.",
        Citation = new Citation("dimakis2010", "section 3, the minimum-bandwidth point"),
        Evaluator = a => Problem(a, a["n"]) is { } problem ? BoundValue.Outside(problem) : BoundValue.Of(a["n"] * MinimumRepair(a["k"], a["d"])),
        Examples = [new(new BoundArguments { ["n"] = 5, ["k"] = 3, ["d"] = 4 }, BoundValue.Of(20.0 / 9), "[rashmi2011] section 4: 5 nodes of 4 symbols hold 9")],
        Attained = new Attainment("three copies: k = 1", new BoundArguments { ["n"] = 3, ["k"] = 1, ["d"] = 2 }, () => 3),
    };

    /// <summary>
    /// Every corner of the trade-off, from minimum storage to minimum repair: k points, at the i-th of which the i + 1 last terms of the sum are what nodes receive
    /// and the others what they store: gamma(i) = 2d/((2k-i-1) i + 2k (d-k+1)), alpha(i) = (d-k+1+i) gamma(i)/d.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">k below 1, or fewer helpers than k.</exception>
    public static IReadOnlyList<StorageRepairCorner> Corners(int k, int d)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(d, k);
        return [.. Enumerable.Range(0, k).Select(i => new StorageRepairCorner((d - k + 1.0 + i) * Gamma(k, d, i) / d, Gamma(k, d, i)))];
    }

    private static double Gamma(double k, double d, double i) => 2 * d / ((((2 * k) - i - 1) * i) + (2 * k * (d - k + 1)));

    private static double MinimumRepair(double k, double d) => 2 * d / (k * ((2 * d) - k + 1));

    private static string? Problem(BoundArguments a, double nodes = double.PositiveInfinity) =>
        a["d"] < a["k"] ? $"{a["d"]} helpers hold less than the data; at least {a["k"]} are needed"
        : a["d"] >= nodes ? $"{nodes} nodes leave at most {nodes - 1} helpers, not {a["d"]}" : null;

    /// <summary>
    /// Between corners i - 1 and i the sum is (k-i) alpha + gamma g(i), g(i) = sum of (d-j)/d over the last i terms, and both are linear in each other.
    /// </summary>
    private static BoundValue EvaluateReceived(BoundArguments a)
    {
        (double k, double d, double stored) = (a["k"], a["d"], a["stored"]);
        if (Problem(a) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        // One part in 10^12 of rounding is forgiven.
        if (stored * k < 1 - 1e-12)
        {
            return BoundValue.Unlimited;
        }

        stored = Math.Max(stored, 1 / k);

        if (stored >= MinimumRepair(k, d))
        {
            return BoundValue.Of(MinimumRepair(k, d) / stored);
        }

        double received = 0;
        for (int i = 0; i < k; i++)
        {
            double upTo = (d - k + 1 + i) * Gamma(k, d, i) / d;
            if (stored <= upTo || i == (int)k - 1)
            {
                // The segment that ends in corner i: its i last terms are received, the others stored.
                received = i == 0 ? Gamma(k, d, 0) : (1 - ((k - i) * stored)) / Share(k, d, i);
                break;
            }
        }

        return BoundValue.Of(received / stored);
    }

    private static BoundValue EvaluateStored(BoundArguments a)
    {
        (double k, double d, double received) = (a["k"], a["d"], a["received"]);
        if (Problem(a) is { } problem)
        {
            return BoundValue.Outside(problem);
        }

        if (received < MinimumRepair(k, d) * (1 - 1e-12))
        {
            return BoundValue.Unlimited;
        }

        received = Math.Max(received, MinimumRepair(k, d));
        int i = 0;
        while (i < (int)k - 1 && received < Gamma(k, d, i))
        {
            i++;
        }

        return BoundValue.Of((1 - (received * Share(k, d, i))) / (k - i));
    }

    /// <summary>g(i): what the i last of the k terms carry, per byte received.</summary>
    private static double Share(double k, double d, double i) => i * ((2 * d) - (2 * k) + i + 1) / (2 * d);
}
