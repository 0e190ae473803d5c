using Headroom.Kernel.Bounds;
using Headroom.Kernel.Quantities;

namespace Headroom.Coding.Bounds;

/// <summary>What a small write must touch.</summary>
public static class UpdateFloor
{
    public static Bound Writes { get; } = new()
    {
        Id = "coding.update-writes",
        Title = "Shards written by a small write",
        Side = Side.Floor,
        Unit = Unit.Count("shards"),
        Parameters = [BoundParameter.Integer("t", "lost shards to be survived, wherever they fall", 0)],
        Statement = "The codewords before and after differ in at least the code's distance, and surviving t losses takes distance t + 1.",
        Formula = "shards written >= t + 1",
        Regime = "Shards changed by any update that changes the data, in place, of any code of fixed length that survives any t losses. Shards are counted, not bytes: an array code may spread a change of some bytes thinly over many shards; where every codeword has one byte of each shard, t + 1 bytes are written per byte.",
        AppearsIn = "Databases and file systems on erasure-coded storage.",
        MeansForYou = "Small writes cost t + 1 writes with copies and codes alike; codes must besides read what they add to. Batch them into whole stripes.",
        Citation = new Citation("anthapadmanabhan2010", "update complexity against minimum distance"),
        Evaluator = a => BoundValue.Of(a["t"] + 1),
        Examples = [new(new BoundArguments { ["t"] = 1 }, 2, "[patterson1988] section 11: RAID level 5 writes data and parity")],
        Attained = new Attainment("three copies are written three times", new BoundArguments { ["t"] = 2 }, () => 3),
    };
}
