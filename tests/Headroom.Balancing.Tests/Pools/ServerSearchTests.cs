using Headroom.Balancing.Pools;
using Headroom.Kernel.Randomness;
using Headroom.Queueing.Models;
using Headroom.Queueing.Service;

namespace Headroom.Balancing.Tests.Pools;

public sealed class ServerSearchTests
{
    private static PoolExperiment Pool(int replications, int jobs) => new(new PoolOptions
    {
        ArrivalsPerS = 8.3,
        Service = new ExponentialService(1),
        Seed = new Seed(8).Named("search"),
        Replications = replications,
        JobsCounted = jobs,
        WarmUpMax = 5000,
    });

    [Fact]
    public void OneQueueNeedsWhatErlangSays()
    {
        // Goals half way between the exact means at neighbouring counts, so that the noise of a run cannot decide.
        foreach (int servers in new[] { 10, 11, 12 })
        {
            double few = MarkovianQueue.Means(8.3, 1, servers - 1).SojournS;
            double goal = 0.5 * (MarkovianQueue.Means(8.3, 1, servers).SojournS + Math.Min(few, 5));
            ServersNeeded needed = ServerSearch.Least(Pool(4, 2000), Pool(10, 10_000), Dispatcher.SharedQueue, d => d.MeanS.Mean, goal, 100);
            needed.ShouldBeOfType<ServersNeeded.Found>().Servers.ShouldBe(servers);
        }
    }

    [Fact]
    public void WhatTheSearchFindsMeetsTheGoalAndOneLessDoesNot()
    {
        PoolExperiment exact = Pool(5, 5000);
        var found = (ServersNeeded.Found)ServerSearch.Least(Pool(2, 500), exact, Dispatcher.Random, d => d.QuantileS.Mean, 8, 1000);
        found.Delay.QuantileS.Mean.ShouldBeLessThanOrEqualTo(8);
        ((PoolDelay.Measured)Dispatcher.Random.Run(exact, found.Servers - 1)).QuantileS.Mean.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void AGoalBelowTheWorkItselfIsNotMetByAnyNumber() =>
        ServerSearch.Least(Pool(2, 500), Pool(4, 2000), Dispatcher.SharedQueue, d => d.MeanS.Mean, 0.8, 60).ShouldBe(new ServersNeeded.NotWith(60));
}
