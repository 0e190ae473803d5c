using Headroom.Coding.Erasure;
using Headroom.Coding.Models;

namespace Headroom.Coding.Tests.Models;

public sealed class ObjectReadTests
{
    /// <summary>An object within a shard: a copy is one read, Reed-Solomon k of the same length, a local group its k/l.</summary>
    [Theory]
    [InlineData("replication(3)", 1, 1.0)]
    [InlineData("rs(10,4)", 10, 10.0)]
    [InlineData("lrc(12,2,2)", 6, 6.0)]
    [InlineData("mbr(10,4,13)", 13, 1.0)]
    public void ASmallObjectIsRebuiltByThePlan(string name, int nodes, double bytes)
    {
        ErasureCode code = Code(name);
        ObjectRead.Whole(code, 1e5, 64e6).ShouldBe(new ObjectRead(1, 1e5, 1e5));
        ObjectRead read = ObjectRead.Degraded(code, 1e5, 64e6)!;
        read.Nodes.ShouldBe(nodes);
        read.Bytes.ShouldBe(bytes * 1e5, 1e-6);
    }

    /// <summary>An object that is a stripe: Reed-Solomon reads as much as ever, one parity in place of the lost.</summary>
    [Fact]
    public void AStripedObjectReadsOneShardInPlaceOfAnother()
    {
        ObjectRead.Whole(Code("rs(10,4)"), 1e6, null).ShouldBe(new ObjectRead(10, 1e5, 1e6));
        ObjectRead.Degraded(Code("rs(10,4)"), 1e6, null).ShouldBe(new ObjectRead(10, 1e5, 1e6));
        ObjectRead.Degraded(Code("rs(10,0)"), 1e6, null).ShouldBeNull();
    }

    [Fact]
    public void SmallObjectsWaitForLatencyAndLargeOnesForBandwidth()
    {
        var latency = new NodeLatency(0.005, 0.05);
        ObjectRead small = ObjectRead.Degraded(Code("rs(10,4)"), 1e3, 64e6)!;
        ObjectRead large = ObjectRead.Degraded(Code("rs(10,4)"), 60e6, 64e6)!;
        (double mean, double p99) = small.Seconds(latency, 100e6, 1e9);
        mean.ShouldBeInRange(0.01, 0.06);
        p99.ShouldBeGreaterThan(latency.SlowestQuantile(1, 0.99));
        large.Seconds(latency, 100e6, 1e9).Mean.ShouldBe(0.6 + latency.SlowestMean(10), 0.001);
        large.Seconds(latency, 100e6, 100e6).Mean.ShouldBe(6 + latency.SlowestMean(10), 0.001);
    }

    /// <summary>Against draws; the standard error of a mean of 200,000 is below 0.3 %.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void TheSlowestOfSomeIsThatOfDraws(int nodes)
    {
        var latency = new NodeLatency(0.005, 0.04);
        var random = new Headroom.Kernel.Randomness.Seed(3).Stream();
        double sigma = Math.Log(8) / 2.3263478740408408;
        double[] draws = [.. Enumerable.Range(0, 200_000).Select(_ => Enumerable.Range(0, nodes).Max(_ => 0.005 * Math.Exp(sigma * random.Normal()))).Order()];
        latency.SlowestMean(nodes).ShouldBe(draws.Average(), draws.Average() * 0.015);
        latency.SlowestQuantile(nodes, 0.99).ShouldBe(draws[198_000], draws[198_000] * 0.04);
    }

    [Fact]
    public void AReadKeepsDisksBusyBySeeksAndBytes() => new ObjectRead(10, 1e5, 1e6).DiskSeconds(100, 1e8).ShouldBe(0.11, 1e-12);

    private static ErasureCode Code(string name)
    {
        StorageCodes.TryParse(name, out ErasureCode? code, out _).ShouldBeTrue();
        return code!;
    }
}
