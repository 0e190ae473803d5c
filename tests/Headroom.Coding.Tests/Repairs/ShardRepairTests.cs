using Headroom.Coding.Erasure;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Randomness;
using Xunit.Abstractions;

namespace Headroom.Coding.Tests.Repairs;

public sealed class ShardRepairTests(ITestOutputHelper output)
{
    /// <summary>Every shard of every kind of code, rebuilt by processes of the bytes that travelled: the run itself compares them with the lost shard.</summary>
    [Theory]
    [InlineData("replication(3)")]
    [InlineData("rs(10,4)")]
    [InlineData("rs(6,3,wide)")]
    [InlineData("lrc(12,2,2)")]
    [InlineData("lrc(4,2,3,ceph)")]
    [InlineData("clay(10,4,13)")]
    [InlineData("clay(6,3,7)")]
    [InlineData("mbr(10,4,13)")]
    public void EveryShardIsRebuiltByteForByte(string name)
    {
        ErasureCode code = Code(name);
        for (int lost = 0; lost < code.TotalShards; lost++)
        {
            ShardRepairOptions options = Options(code) with { Lost = lost, ShardBytes = 200_000, BlockBytes = 20_000 };
            ShardRepairOutcome outcome = Run(options);
            double sent = ShardLoad.PlanOf(options).SentPerLostByte;
            outcome.RebuiltBytes.ShouldBeGreaterThanOrEqualTo(200_000);
            ((double)outcome.ReceivedBytes / outcome.RebuiltBytes).ShouldBeInRange(sent, sent * 1.2);
        }
    }

    /// <summary>No run is shorter than what is busiest, none longer than one thing after another; the pipeline's formula is within 3 %.</summary>
    [Theory]
    [InlineData("rs(10,4)", 1e9)]
    [InlineData("rs(10,4)", 100e9)]
    [InlineData("clay(10,4,13)", 1e8)]
    [InlineData("clay(10,4,13)", 10e9)]
    [InlineData("clay(10,4,11)", 10e9)]
    [InlineData("lrc(12,2,2)", 1e9)]
    [InlineData("mbr(10,4,13)", 1e9)]
    [InlineData("replication(3)", 40e9)]
    public void TheTimeLiesBetweenWhatOverlapsAndWhatDoesNot(string name, double bps)
    {
        ShardRepairOptions options = Options(Code(name)) with { BandwidthBps = bps };
        ShardRepairOutcome outcome = Run(options);
        var theory = ShardRepairTheory.Of(options, ShardLoad.Of(options, new ShardStripes(options, new Seed(1))));
        output.WriteLine($"{outcome} {theory}");
        outcome.Seconds.ShouldBeInRange(theory.BestSeconds, theory.WorstSeconds * 1.000001);
        outcome.Seconds.ShouldBe(theory.AverageSeconds, 0.03 * theory.AverageSeconds);
        ((double)outcome.ReceivedBytes).ShouldBe(theory.ReceivedBytes, 1e-9 * theory.ReceivedBytes);
        outcome.DiskSeconds.ShouldBe(theory.DiskSeconds, 1e-9);
    }

    /// <summary>Behind a slow network a Clay code's shard is back in 3.25/10 of the time; behind a fast one the helpers' disks decide, then the processor, and the lead goes.</summary>
    [Fact]
    public void ClayIsFasterThanReedSolomonWhileTheNetworkIsTheBottleneck()
    {
        double Ratio(double bps, double rebuild) => Run(Options(Code("clay(10,4,13)")) with { BandwidthBps = bps, RebuildBytesPerSecond = rebuild }).Seconds
            / Run(Options(Code("rs(10,4)")) with { BandwidthBps = bps }).Seconds;
        Ratio(100e6, 1e9).ShouldBe(0.325, 0.01);
        Ratio(1e9, 1e9).ShouldBe(0.325, 0.01);
        Ratio(400e9, 1e8).ShouldBeGreaterThan(1.5);
        Run(Options(Code("clay(10,4,13)")) with { BandwidthBps = 1e9 }).Narrowest.ShouldBe("line");
        Run(Options(Code("rs(10,4)")) with { BandwidthBps = 400e9 }).Narrowest.ShouldBe("disk");
        Run(Options(Code("clay(10,4,13)")) with { BandwidthBps = 400e9, RebuildBytesPerSecond = 1e7 }).Narrowest.ShouldBe("processor");
    }

    /// <summary>A Clay code reads its quarter in many ranges: with a seek for each the disk is what it waits for.</summary>
    [Fact]
    public void SeeksCountByRangesThatAreRead()
    {
        ShardRepairOptions options = Options(Code("clay(10,4,13)")) with { Lost = 13, SeekSeconds = 1e-3 };
        int ranges = ShardLoad.PlanOf(options).Helpers.Max(helper => helper.Ranges(options.ExactBlockBytes).Count());
        ranges.ShouldBeGreaterThan(8);
        Run(options).DiskSeconds.ShouldBeGreaterThan(options.Blocks * ranges * 1e-3);
    }

    [Fact]
    public void ABlockThatIsNotTheLostOneIsSeen()
    {
        ShardRepairOptions options = Options(Code("rs(4,2)"));
        ShardLoad load = ShardLoad.Of(options, new ShardStripes(options, new Seed(1)));
        ReadOnlyMemory<byte>[] messages = [.. Enumerable.Range(0, load.Helpers).Select(helper => load.Message(0, helper))];
        load.Rebuild(0, 0, messages);
        (load.RightBlocks, load.WrongBlocks).ShouldBe((1, 0));
        byte[] damaged = messages[2].ToArray();
        damaged[77] ^= 1;
        messages[2] = damaged;
        load.Rebuild(0, 0, messages);
        (load.RightBlocks, load.WrongBlocks).ShouldBe((1, 1));
        load.Rebuild(0, 1, [.. Enumerable.Range(0, load.Helpers).Select(helper => load.Message(0, helper))]);
        load.WrongBlocks.ShouldBe(2);
    }

    [Fact]
    public void ARunRepeatsForItsSeed() => Run(Options(Code("clay(6,3)"))).ShouldBe(Run(Options(Code("clay(6,3)"))));

    [Fact]
    public void ACodeWithoutParityIsRefused() => Should.Throw<ArgumentException>(() => Options(Code("rs(4,0)")).Validate()).Message.ShouldContain("cannot rebuild");

    private static ShardRepairOptions Options(ErasureCode code) => new()
    {
        Code = code,
        ShardBytes = 4 << 20,
        BlockBytes = 1 << 16,
        PartBytes = 1 << 14,
        BandwidthBps = 1e9,
        LatencyNs = 20_000,
        DiskBytesPerSecond = 1e9,
        RebuildBytesPerSecond = 1e9,
        MessageBytesPerSecond = 2e9,
    };

    private static ShardRepairOutcome Run(ShardRepairOptions options) => SimulatedShardRepair.Run(options, new ShardStripes(options, new Seed(1)), new Seed(1));

    private static ErasureCode Code(string name)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out string? problem).ShouldBeTrue(problem);
        return code!;
    }
}
