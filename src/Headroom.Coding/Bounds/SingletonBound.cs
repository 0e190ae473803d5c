using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>Singleton's bound, as a ceiling of the distance and as a floor of the storage that survives t failures.</summary>
public static class SingletonBound
{
    public static Bound Distance { get; } = new()
    {
        Id = "coding.singleton",
        Title = "Singleton bound",
        Side = Side.Ceiling,
        Unit = CodeParameters.DistanceUnit,
        Parameters = [CodeParameters.Length, CodeParameters.Dimension],
        Statement = "Two of q^k codewords agree in some k - 1 places, so they differ in at most the other n - k + 1.",
        Formula = "d <= n - k + 1",
        Regime = "Minimum distance of any code, linear or not, over any alphabet, with q^k words of length n; the code survives the loss of any d - 1 symbols and not of some d.",
        AppearsIn = "Erasure-coded storage: k data shards, n - k parities.",
        MeansForYou = "Surviving t lost shards takes at least t parity shards; a code that uses exactly t (Reed-Solomon) cannot be improved in this.",
        Citation = new Citation("singleton1964", "the bound that defines maximum distance codes"),
        Evaluator = a => CodeParameters.Problem(a.Int("n"), a.Int("k")) is { } problem ? BoundValue.Outside(problem) : BoundValue.Of(a["n"] - a["k"] + 1),
        Examples =
        [
            new(new BoundArguments { ["n"] = 14, ["k"] = 10 }, 5, "[sathiamoorthy2013] section 2: RS(10,4) survives any 4 losses, d = 5"),
            new(new BoundArguments { ["n"] = 255, ["k"] = 223 }, 33, "CCSDS 131.0-B: RS(255,223) corrects 16 symbols, d = 33"),
        ],
        Attained = new Attainment("three copies: distance 3", new BoundArguments { ["n"] = 3, ["k"] = 1 }, () => 3),
    };

    public static Bound Overhead { get; } = new()
    {
        Id = "coding.singleton-overhead",
        Title = "Singleton bound on storage",
        Side = Side.Floor,
        Unit = Unit.Ratio("B/B"),
        Parameters =
        [
            BoundParameter.Integer("n", "nodes over which the data are spread evenly", 1),
            BoundParameter.Integer("t", "failures of nodes to be survived, wherever they fall", 0),
        ],
        Statement = "After any t of n equal nodes are gone the other n - t must still hold all the data, so all n hold at least n/(n - t) times the data.",
        Formula = "stored/data >= n/(n - t) = 1 + t/k, k = n - t",
        Regime = "Bytes stored per byte of incompressible data, all nodes storing the same amount; any code, any placement, any t nodes failing at once with no repair between.",
        AppearsIn = "\"Must survive two failures\" as a requirement on storage.",
        MeansForYou = "Wider stripes cost less: 3 copies and 10+2 survive the same two failures at 3.0 and 1.2 bytes per byte; the floor for a stripe over n nodes is n/(n - t).",
        Citation = new Citation("singleton1964", "the bound that defines maximum distance codes"),
        Evaluator = a => a["t"] >= a["n"] ? BoundValue.Unlimited : BoundValue.Of(a["n"] / (a["n"] - a["t"])),
        Examples =
        [
            new(new BoundArguments { ["n"] = 14, ["t"] = 4 }, 1.4, "[sathiamoorthy2013] section 1: RS(10,4) survives 4 failures at 1.4 times the data"),
            new(new BoundArguments { ["n"] = 3, ["t"] = 2 }, 3, "three copies survive two failures"),
        ],
        Attained = new Attainment("RS(6,3): 9 shards of a sixth of the data", new BoundArguments { ["n"] = 9, ["t"] = 3 }, () => 9.0 / 6),
    };
}
