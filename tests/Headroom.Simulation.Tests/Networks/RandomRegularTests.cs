using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Tests.Networks;

public class RandomRegularTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(10, 3)]
    [InlineData(10, 5)]
    [InlineData(64, 31)]
    [InlineData(1001, 4)]
    [InlineData(20_000, 5)]
    public void EveryMemberHasSoManyDifferentPeersAndIsTheirs(int members, int degree)
    {
        for (int trial = 0; trial < (members < 100 ? 20 : 1); trial++)
        {
            Topology topology = Topology.RandomRegular(members, degree, 50, new Seed(3).At(trial));
            topology.Links.ShouldBe((long)members * degree);
            for (int member = 0; member < members; member++)
            {
                topology.Degree(member).ShouldBe(degree);
                for (int i = 0; i < degree; i++)
                {
                    int peer = topology.Peer(member, i);
                    if (peer == member || (i > 0 && topology.Peer(member, i - 1) >= peer))
                    {
                        Assert.Fail($"{member}: peers do not ascend, or one is itself");
                    }

                    (topology.LatencyBetweenNs(peer, member), topology.LatencyNs(member, i)).ShouldBe((50, 50));
                }
            }

            (topology.LeastLatencyNs, topology.GreatestLatencyNs, topology.LatencyBetweenNs(0, 0)).ShouldBe((50, 50, -1));
        }
    }

    [Fact]
    public void PeersAreSpreadEvenly()
    {
        // Member 0 of 20 has each other as a peer in 3 of 19 topologies; 4.9 standard deviations around 4000 * 3 / 19.
        var counts = new int[20];
        for (int trial = 0; trial < 4000; trial++)
        {
            Topology topology = Topology.RandomRegular(20, 3, 1, new Seed(8).At(trial));
            for (int i = 0; i < 3; i++)
            {
                counts[topology.Peer(0, i)]++;
            }
        }

        const double Share = 3.0 / 19;
        double sigma = Math.Sqrt(4000 * Share * (1 - Share));
        counts[0].ShouldBe(0);
        counts.Skip(1).ShouldAllBe(count => Math.Abs(count - (4000 * Share)) < 4.9 * sigma);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Topology.RandomRegular(9, 3, 1, new Seed(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Topology.RandomRegular(5, 4, 1, new Seed(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Topology.RandomRegular(10, 0, 1, new Seed(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Topology.RandomRegular(1 << 30, 4, 1, new Seed(1)));
    }
}
