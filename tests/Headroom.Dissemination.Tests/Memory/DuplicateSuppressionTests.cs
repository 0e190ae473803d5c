using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Graphs.Generators;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Memory;

/// <summary>What bounded memory costs: as many broadcasts as are under way at a time must fit, or copies count as new and go round and round.</summary>
public class DuplicateSuppressionTests
{
    private const int Broadcasts = 10;

    [Theory]
    [InlineData(10, 0)]
    [InlineData(8, 0)]
    [InlineData(2, 1)]
    [InlineData(1, 100)]
    public void MemorySmallerThanWhatIsUnderWayDeliversAgain(int remembered, int againAtLeast)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Of(RegularGraphs.Grid(5, 5, latencySeconds: 0.01)) },
            PayloadBytes = 100,
            Remembered = remembered,
        };
        // One each 12 ms over links of 10 ms: a copy may come back by a way around of 20 ms, when a later broadcast or two have come.
        BroadcastRequest[] requests = [.. Enumerable.Range(0, Broadcasts).Select(i => new BroadcastRequest(i * 12_000_000L, 7 * i % 25))];
        RunLog log = new FloodingStrategy().Family(setting).On(new RequestedRun(setting, requests, FaultPlan.None, 0, 400_000_000));
        int again = log.Delivered - (25 * Broadcasts);
        if (againAtLeast == 0)
        {
            again.ShouldBe(0);
            log.Copies.ShouldBe(56 * Broadcasts); // the grid's 2E - (V-1), whatever else is under way
        }
        else
        {
            again.ShouldBeGreaterThanOrEqualTo(againAtLeast);
            log.Copies.ShouldBeGreaterThan(56 * Broadcasts);
        }
    }
}
