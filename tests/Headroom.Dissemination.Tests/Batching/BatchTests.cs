using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Batching;

public class BatchTests
{
    private const int Members = 20;
    private const long WaitNs = 10_000_000;

    [Fact]
    public void BatchingTradesAWaitForHeaders()
    {
        // 200 broadcasts of 100 bytes, one each millisecond, from one origin down a tree: batches of ten share packets.
        BroadcastSetting setting = Setting(100);
        BroadcastRequest[] requests = [.. Enumerable.Range(0, 200).Select(i => new BroadcastRequest(i * 1_000_000L, 0))];
        var tree = new TreeStrategy(4);
        RunLog plain = RequestedRun.Of(tree, setting, requests);
        RunLog batched = RequestedRun.Of(new BatchedStrategy(tree, WaitNs), setting, requests);
        batched.Delivered.ShouldBe(plain.Delivered);
        batched.Copies.ShouldBe(plain.Copies);
        batched.Messages.ShouldBe(plain.Messages);
        // 110 bytes a message and 46 of header for each alone; ten or eleven of them fill one packet of 1,472.
        plain.Bytes.ShouldBe(plain.Copies * (110 + 46));
        double headers = (double)(batched.Bytes - (plain.Copies * 110)) / plain.Copies;
        // Besides its share of a header each has a byte of length, and a pack two that mark it.
        headers.ShouldBeInRange(1 + (48 / 12.0), 1 + (48 / 9.0));
        // The tree of twenty is two hops deep behind the origin: two waits at most, and the first in each batch waits longest.
        for (int broadcast = 1; broadcast <= 200; broadcast++)
        {
            for (int member = 1; member < Members; member++)
            {
                int hops = member <= 4 ? 1 : 2;
                long later = batched.TimesNs[broadcast, member] - plain.TimesNs[broadcast, member];
                later.ShouldBeInRange(0, hops * WaitNs);
            }
        }

        Enumerable.Range(1, 200).Max(broadcast => batched.TimesNs[broadcast, 1] - plain.TimesNs[broadcast, 1]).ShouldBe(WaitNs);
    }

    [Fact]
    public void AMessageAloneGainsNothing()
    {
        BroadcastSetting setting = Setting(100);
        BroadcastRequest[] requests = [new BroadcastRequest(0, 0)];
        RunLog plain = RequestedRun.Of(new FloodingStrategy(), setting, requests);
        RunLog batched = RequestedRun.Of(new BatchedStrategy(new FloodingStrategy(), WaitNs), setting, requests);
        batched.Bytes.ShouldBe(plain.Bytes);
        batched.TimesNs[1, 5].ShouldBe(plain.TimesNs[1, 5] + WaitNs);
    }

    [Fact]
    public void MessagesOfAPacketAreLostTogether()
    {
        BroadcastSetting setting = Setting(50) with { Network = new NetworkOptions { Topology = Topology.Complete(2, 1_000_000), Loss = 0.5 } };
        BroadcastRequest[] requests = [.. Enumerable.Range(0, 400).Select(i => new BroadcastRequest(i / 4 * 100_000_000L, 0))];
        RunLog batched = RequestedRun.Of(new BatchedStrategy(new FloodingStrategy(), WaitNs), setting, requests);
        int[] ofEach = [.. Enumerable.Range(0, 100).Select(i => Enumerable.Range(1 + (4 * i), 4).Count(broadcast => batched.TimesNs[broadcast, 1] != long.MaxValue))];
        ofEach.ShouldAllBe(count => count == 0 || count == 4);
        ofEach.Count(count => count == 4).ShouldBeInRange(30, 70); // 50, within four deviations
    }

    [Fact]
    public void BatchingIsWrittenBeforeWhatItWraps()
    {
        BroadcastRegistry.TryParse("batch(2.5 ms)+fifo+push(5)", out BroadcastStrategy? strategy, out _).ShouldBeTrue();
        strategy!.Name.ShouldBe("batch(2.5 ms)+fifo+push(5)");
        strategy.Problem(Setting(10)).ShouldBeNull();
        strategy.Problem(Setting(10) with { InRounds = true }).ShouldNotBeNull();
        BroadcastRegistry.TryParse("batch(2.5)+push(5)", out _, out string? problem).ShouldBeFalse();
        problem.ShouldNotBeNull().ShouldContain("wait");
        BroadcastRegistry.TryParse("batch(1 ms)", out _, out _).ShouldBeFalse();
    }

    private static BroadcastSetting Setting(int payloadBytes) => new()
    {
        Network = new NetworkOptions { Topology = Topology.Complete(Members, 1_000_000) },
        PayloadBytes = payloadBytes,
        Remembered = 400,
    };
}
