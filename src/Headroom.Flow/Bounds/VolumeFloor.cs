using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Flow.Bounds;

/// <summary>The price floor with all prices 1, in three numbers that fit on an envelope.</summary>
public static class VolumeFloor
{
    public static Bound Bound { get; } = new()
    {
        Id = "flow.volume-floor",
        Title = "Floor of link utilisation from volume",
        Side = Side.Floor,
        Unit = Unit.One,
        Parameters =
        [
            BoundParameter.Number("demand", "sum of all demands, bit/s", max: 1e30, unit: Unit.BitPerSecond),
            BoundParameter.Number("hops", "hops of the shortest path, averaged over the demanded bits", 1, 1e9),
            BoundParameter.Number("capacity", "sum of the capacities of all directed edges, bit/s", max: 1e30, unit: Unit.BitPerSecond),
        ],
        Statement = "Every demanded bit uses up at least its shortest path's hops of link capacity.",
        Formula = "max_e load_e/c_e >= demand * hops / capacity",
        Regime = "Counted: long-run load over capacity of the most utilised link, all demands carried whole. Directed edges; every routing. Equality "
            + "needs every link equally utilised and every bit on a path of fewest hops.",
        AppearsIn = "first sizing of a backbone or a torus",
        MeansForYou = "shorter paths are capacity: content near its readers lowers the floor for everybody",
        Citation = new Citation("shahrokhi1990", "the dual, with unit lengths"),
        Evaluator = a => a["demand"] == 0 ? BoundValue.Of(0)
            : a["capacity"] < 1e-200 ? BoundValue.Unlimited
            : BoundValue.Of(a["demand"] * a["hops"] / a["capacity"]),
        Examples =
        [
            new(new BoundArguments { ["demand"] = 8, ["hops"] = 2, ["capacity"] = 12 }, 4.0 / 3, "[okamura1981] K(2,3): eight demands at two hops, twelve edges"),
        ],
        Attained = new("a ring of 5 with demand 1 to each neighbour over links of 4", new BoundArguments { ["demand"] = 10, ["hops"] = 1, ["capacity"] = 40 }, () => 1.0 / 4),
    };
}
