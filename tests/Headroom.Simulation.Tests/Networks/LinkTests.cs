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
    [InlineData(0, 62)]
    [InlineData(1456, 1518)] // a full Ethernet frame
    [InlineData(1457, 1457 + 4 + 116)]
    public void ATcpMessageCarriesItsLengthAndTwelveBytesASegmentMoreThanADatagram(long message, long wire) =>
        PacketFormat.TcpOverEthernet.WireBytes(message).ShouldBe(wire);

    [Fact]
    public void ALagIsAddedToEveryMessageAndIsNoneInRounds()
    {
        var plain = new NetworkOptions { Topology = Topology.Complete(3, 5_000), Jitter = new Jitter(JitterShape.Exponential, 700), Loss = 0.2 };
        var one = new LinkNetwork(plain, new Seed(4));
        var other = new LinkNetwork(plain with { LagNs = 30 }, new Seed(4));
        for (int i = 0; i < 100; i++)
        {
            long without = one.Send(i % 3, (i + 1) % 3, 100, i);
            other.Send(i % 3, (i + 1) % 3, 100, i).ShouldBe(without < 0 ? without : without + 30);
        }

        (plain with { LagNs = 30 }).Rounds().LagNs.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>((plain with { LagNs = -1 }).Validate);
    }

    /// <summary>A thousand bytes take 8 us on a usual line, 80 us on the slow one each way, none on the one that nothing waits for; a receiver takes in bits while they are sent.</summary>
    [Fact]
    public void ALineOfItsOwnTakesItsOwnTime()
    {
        var network = new NetworkOptions
        {
            Topology = Topology.Complete(4, 1_000),
            BandwidthBps = 1e9,
            Packets = PacketFormat.Bare,
            Lines = [new MemberLine(1, 1e8, 1e8), new MemberLine(2, double.PositiveInfinity, double.PositiveInfinity)],
        };
        long Time(int from, int to, LinkNetwork links, long at = 0) => links.Receive(from, to, 1000, links.Send(from, to, 1000, at));
        Time(0, 3, new LinkNetwork(network, new Seed(1))).ShouldBe(9_000);
        Time(0, 1, new LinkNetwork(network, new Seed(1))).ShouldBe(81_000);
        Time(1, 0, new LinkNetwork(network, new Seed(1))).ShouldBe(81_000);
        Time(2, 1, new LinkNetwork(network, new Seed(1))).ShouldBe(81_000);
        Time(1, 2, new LinkNetwork(network, new Seed(1))).ShouldBe(81_000);
        var busy = new LinkNetwork(network, new Seed(1));
        new[] { Time(0, 1, busy), Time(3, 1, busy), Time(0, 2, busy), Time(0, 2, busy) }.ShouldBe([81_000, 161_000, 17_000, 25_000]);
        Should.Throw<ArgumentException>((network with { BandwidthBps = double.PositiveInfinity }).Validate).Message.ShouldContain("finite");
        Should.Throw<ArgumentException>((network with { Lines = [new MemberLine(0, 0, 1)] }).Validate).Message.ShouldContain("positive");
        Should.Throw<ArgumentOutOfRangeException>((network with { Lines = [new MemberLine(4, 1, 1)] }).Validate);
        network.Rounds().Validate();
    }

    [Fact]
    public void RegionsSetTheLatencyBetweenTheirMembers()
    {
        Topology world = Topology.Regions([0, 1, 1, 2], new long[,] { { 1, 40, 90 }, { 41, 2, 60 }, { 91, 61, 3 } });
        (world.Members, world.Links, world.IsComplete, world.IsUniform, world.RegionCount).ShouldBe((4, 12, true, false, 3));
        world.LatencyBetweenNs(0, 1).ShouldBe(40);
        world.LatencyBetweenNs(1, 0).ShouldBe(41);
        world.LatencyBetweenNs(1, 2).ShouldBe(2);
        world.LatencyBetweenNs(3, 3).ShouldBe(-1);
        world.LatencyNs(2, 0).ShouldBe(60); // to 3, counted cyclically
        world.RegionOf(3).ShouldBe(2);
        // Nobody else is in regions 0 and 2: their diagonals are no link's.
        (world.LeastLatencyNs, world.GreatestLatencyNs).ShouldBe((2, 91));
        Topology even = world.WithUniformLatency(7);
        (even.IsUniform, even.LatencyBetweenNs(3, 0), even.RegionOf(3)).ShouldBe((true, 7, 0));
        Should.Throw<ArgumentException>(() => Topology.Regions([0], new long[1, 2]));
        Should.Throw<ArgumentOutOfRangeException>(() => Topology.Regions([0, 2], new long[2, 2]));
    }

    [Fact]
    public void AMillionMembersInRegionsCostTwoBytesEach()
    {
        int[] regionOf = [.. Enumerable.Range(0, 1_000_000).Select(m => m % 20)];
        var latencies = new long[20, 20];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Topology.Regions(regionOf, latencies).Members.ShouldBe(1_000_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeInRange(2_000_000, 2_010_000);
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
