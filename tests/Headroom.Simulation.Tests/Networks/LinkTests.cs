using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Tests.Networks;

public class LinkTests
{
    [Theory]
    [InlineData(0, 46)]
    [InlineData(1, 47)]
    [InlineData(1472, 1518)] // a full Ethernet frame
    [InlineData(1473, 1473 + 92)]
    [InlineData(2009, 2009 + 92)]
    public void EveryPacketOfAMessageCarriesItsHeaders(long message, long wire) =>
        PacketFormat.UdpOverEthernet.WireBytes(message).ShouldBe(wire);

    [Fact]
    public void ALinkIsFoundWithItsLatencyAndAMissingOneIsNot()
    {
        Topology grid = Topology.Of(RegularGraphs.Grid(2, 3, latencySeconds: 0.003));
        grid.Links.ShouldBe(14);
        grid.LatencyBetweenNs(0, 1).ShouldBe(3_000_000);
        grid.LatencyBetweenNs(0, 5).ShouldBe(-1);
        grid.Degree(1).ShouldBe(3);
        Topology complete = Topology.Complete(4, 5);
        complete.LatencyBetweenNs(0, 3).ShouldBe(5);
        complete.LatencyBetweenNs(2, 2).ShouldBe(-1);
        new[] { complete.Peer(2, 0), complete.Peer(2, 1), complete.Peer(2, 2) }.ShouldBe([3, 0, 1]);
    }

    [Theory]
    [InlineData(JitterShape.Uniform)]
    [InlineData(JitterShape.Exponential)]
    public void JitterIsNeverNegativeAndHasItsMean(JitterShape shape)
    {
        var jitter = new Jitter(shape, 5_000_000);
        RandomStream random = new Seed(11).Stream();
        var moments = new Moments();
        for (int i = 0; i < 20_000; i++)
        {
            long drawn = jitter.Draw(ref random);
            drawn.ShouldBeInRange(0, jitter.MaxNs ?? long.MaxValue);
            moments.Add(drawn);
        }

        // 99.99 % interval for a fixed seed.
        moments.MeanInterval(0.9999).Contains(5_000_000).ShouldBeTrue();
    }
}
