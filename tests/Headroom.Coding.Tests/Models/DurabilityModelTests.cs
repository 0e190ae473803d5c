using Headroom.Coding.Bounds;
using Headroom.Coding.Durability;
using Headroom.Coding.Models;
using Headroom.Coding.Tests.Erasure;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;

namespace Headroom.Coding.Tests.Models;

public sealed class DurabilityModelTests
{
    private const double Hour = 3600;

    /// <summary>Accelerated systems: hours to failure instead of years, so that loss is common within the horizon.</summary>
    public static TheoryData<string, int, int, Placement, double, double, double> Accelerated => new()
    {
        // code, nodes, stripes, placement, mttf h, detect h, share of a node's repair time that is transfer
        { "replication(3)", 30, 200, Placement.Spread, 2000, 10, 0 },
        { "rs(4,2)", 24, 40, Placement.Spread, 2500, 6, 0.5 },
        { "rs(4,2)", 24, 500, Placement.Spread, 1500, 4, 0.8 },
        { "lrc(4,2,2)", 20, 60, Placement.Spread, 350, 5, 0.3 },
        { "lrc(6,2,1)", 30, 30, Placement.Spread, 1500, 8, 0.5 },
        { "rs(3,2)", 20, 40, Placement.Groups, 1200, 8, 0.5 },
        { "lrc(4,2,1)", 21, 3, Placement.Groups, 500, 8, 0 },
    };

    [Theory]
    [MemberData(nameof(Accelerated))]
    public void TheChainAgreesWithSingleNodesAndStripes(string name, int nodes, int stripes, Placement placement, double mttfHours, double detectHours, double transferShare)
    {
        var code = ErasureCodeTests.Code(name);
        var shape = CodeShape.Of(code);
        StorageSystem system = System(code.DataShards, nodes, stripes, placement, mttfHours, detectHours);
        if (transferShare > 0)
        {
            // A bandwidth at which a lone transfer takes its share of the repair.
            double transfer = RepairTimes.Of(system, shape).TransferSeconds;
            double wanted = detectHours * Hour * transferShare / (1 - transferShare);
            system = system with { BandwidthBytesPerSecond = system.BandwidthBytesPerSecond * transfer / wanted };
        }

        // A horizon over which the model loses with probability one third, many repairs long.
        double mean = DurabilityModel.Evaluate(system, shape).MeanSecondsToLoss;
        double horizon = 0.4 * mean;
        horizon.ShouldBeGreaterThan(20 * RepairTimes.Of(system, shape).AloneSeconds);
        DurabilityOutcome outcome = DurabilityTrials.Run(system, code, horizon, 1000, new Seed(11).Named(name));
        Interval interval = outcome.Interval(0.999);
        interval.Contains(LossChain.ProbabilityWithin(horizon, mean)).ShouldBeTrue($"{outcome.Share} in [{interval.Low}, {interval.High}], model {LossChain.ProbabilityWithin(horizon, mean)}");
    }

    [Fact]
    public void AHistoryRepeatsForItsSeed()
    {
        var code = ErasureCodeTests.Code("rs(4,2)");
        StorageSystem system = System(4, 24, 40, Placement.Spread, 1000, 6);
        DurabilityTrials.Run(system, code, 3000 * Hour, 200, new Seed(3)).ShouldBe(DurabilityTrials.Run(system, code, 3000 * Hour, 200, new Seed(3)));
    }

    [Fact]
    public void TheSystemLosesNoMoreThanItsStripesTogetherAndNoLessThanOne()
    {
        foreach (string name in (string[])["replication(3)", "rs(6,3)", "lrc(4,2,2)"])
        {
            var shape = CodeShape.Of(ErasureCodeTests.Code(name));
            foreach (int stripes in (int[])[1, 100, 100_000_000])
            {
                StorageSystem system = System(shape.DataShards, 60, stripes, Placement.Spread, 5000, 2);
                double whole = 1 / DurabilityModel.Evaluate(system, shape).MeanSecondsToLoss;
                double single = 1 / DurabilityModel.StripeMeanSecondsToLoss(system, shape);
                // The chain holds stripes independent given the number of failures, which is off by parts in ten thousand here.
                whole.ShouldBeLessThanOrEqualTo(stripes * single * 1.001);
                whole.ShouldBeGreaterThanOrEqualTo(single * 0.999);
                if (stripes == 1)
                {
                    whole.ShouldBe(single, single * 0.01);
                }
            }
        }
    }

    /// <summary>A year holds many instants, so its loss is at least the converse's at one of them: no code, ours included, does better.</summary>
    [Fact]
    public void NoYearLosesLessThanTheConverseAllows()
    {
        RandomStream random = new Seed(5).Named("systems").Stream();
        for (int trial = 0; trial < 300; trial++)
        {
            var code = random.Below(3) switch
            {
                0 => ErasureCodeTests.Code($"replication({1 + random.Below(4)})"),
                1 => ErasureCodeTests.Code($"rs({1 + random.Below(12)},{random.Below(5)})"),
                _ => ErasureCodeTests.Code($"lrc({2 * (1 + random.Below(4))},2,{random.Below(3)})"),
            };
            StorageSystem system = System(code.DataShards, code.TotalShards + random.Below(50), 1 + random.Below(1000), (Placement)random.Below(2), 50 + random.Below(20_000), 1 + random.Below(40));
            var durability = DurabilityModel.Evaluate(system, CodeShape.Of(code));
            double p = system.DetectSeconds / (system.DetectSeconds + system.NodeMttfSeconds);
            double floor = MdsConverse.Loss.Evaluate(new BoundArguments { ["n"] = code.TotalShards, ["k"] = code.DataShards, ["p"] = p }).Number!.Value;
            durability.YearlyLoss.ShouldBeGreaterThanOrEqualTo(floor);
        }
    }

    [Fact]
    public void MoreParityFasterDetectionAndMoreBandwidthNeverHurt()
    {
        StorageSystem system = System(6, 50, 10_000, Placement.Spread, 20_000, 1);
        double last = 1;
        for (int m = 1; m <= 4; m++)
        {
            double loss = DurabilityModel.Evaluate(system, CodeShape.Of(ErasureCodeTests.Code($"rs(6,{m})"))).YearlyLoss;
            loss.ShouldBeLessThan(last);
            DurabilityModel.Evaluate(system with { DetectSeconds = system.DetectSeconds / 2 }, CodeShape.Of(ErasureCodeTests.Code($"rs(6,{m})"))).YearlyLoss.ShouldBeLessThan(loss);
            DurabilityModel.Evaluate(system with { BandwidthBytesPerSecond = system.BandwidthBytesPerSecond / 100 }, CodeShape.Of(ErasureCodeTests.Code($"rs(6,{m})"))).YearlyLoss.ShouldBeGreaterThan(loss);
            last = loss;
        }
    }

    /// <summary>A thousand nodes are always down: the states far below that are left out, and the answer comes at once.</summary>
    [Fact]
    public void AMillionNodesAreAsQuickAsAFew()
    {
        var shape = CodeShape.Of(ErasureCodeTests.Code("rs(20,8)"));
        StorageSystem system = System(20, 1_000_000, 1e6, Placement.Spread, 24_000, 24);
        double all = DurabilityModel.Evaluate(system, shape).YearlyLoss;

        // Stripes are nearly independent here: a million times one stripe's loss.
        all.ShouldBe(1e6 * LossChain.ProbabilityWithin(DurabilityModel.YearSeconds, DurabilityModel.StripeMeanSecondsToLoss(system, shape)), all * 0.02);
    }

    [Fact]
    public void RepairTimesAreThoseOfTheirLimits()
    {
        // Delay only: f repairs in parallel. Shared transfer only: one after another.
        new RepairTimes(600, 0, true).MeanSecondsBetweenRepairs().Take(3).ShouldBe([600, 300, 200], 1e-9);
        new RepairTimes(0, 60, true).MeanSecondsBetweenRepairs().Take(3).ShouldBe([60, 60, 60], 1e-9);
        // G = 1, a + b, a^2/2 + a b + b^2 with a = 2, b = 1: 3, 5/3.
        new RepairTimes(2, 1, true).MeanSecondsBetweenRepairs().Take(2).ShouldBe([3, 5.0 / 3], 1e-12);
    }

    /// <summary>Ten groups' worth of arithmetic: three copies die of 1 triple in 1, RS(8,2) of 120 of C(10,3) in one group of ten.</summary>
    [Fact]
    public void EightPlusTwoHasOneHundredAndTwentyFatalTriples()
    {
        var code = ErasureCodeTests.Code("rs(8,2)");
        Coding.Erasure.Subsets.Of(10, 3).Count(lost => !code.IsRecoverable(lost)).ShouldBe(120);
    }

    private static StorageSystem System(int dataShards, int nodes, double stripes, Placement placement, double mttfHours, double detectHours) => new()
    {
        Nodes = nodes,
        NodeMttfSeconds = mttfHours * Hour,
        DetectSeconds = detectHours * Hour,
        BandwidthBytesPerSecond = 1e15,
        DataBytes = stripes * dataShards * 1e6,
        ShardBytes = 1e6,
        Placement = placement,
    };
}
