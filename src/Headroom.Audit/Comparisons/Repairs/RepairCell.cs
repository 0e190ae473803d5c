using Headroom.Audit.Comparisons.Trials;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Comparisons.Repairs;

/// <summary>One code over lines of one speed.</summary>
internal sealed record RepairCell(ShardRepairOptions Options, Experiment Run)
{
    public ShardRepairTheory Theory { get; } = TheoryOf(Options);

    /// <summary>The speed of lines from which on something else takes longer, and what.</summary>
    public (double Bps, string Then) Crossing()
    {
        ShardRepairTheory slow = TheoryOf(Options with { BandwidthBps = 1e6 });
        return (slow.CrossingBps(1e6), slow.DiskSeconds >= slow.ProcessorSeconds ? "disk" : "processor");
    }

    /// <summary>Times and lengths alone: one block of bytes stands for all.</summary>
    private static ShardRepairTheory TheoryOf(ShardRepairOptions options)
    {
        ShardRepairOptions one = options with { ShardBytes = options.ExactBlockBytes, BlockBytes = options.ExactBlockBytes };
        return ShardRepairTheory.Of(options, ShardLoad.Of(one, new ShardStripes(one, new Seed(0))));
    }
}
