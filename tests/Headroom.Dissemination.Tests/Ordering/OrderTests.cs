using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Ordering;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Tests.Ordering;

public class OrderTests
{
    private const int Members = 15;
    private const int Broadcasts = 60;

    public static TheoryData<BroadcastStrategy> Strategies() => [.. BroadcastRegistry.All.SelectMany(protocol => protocol.Usual)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AnyProtocolDeliversInTheOriginsOrder(BroadcastStrategy strategy)
    {
        BroadcastSetting setting = Setting(loss: 0);
        // One origin, a broadcast each millisecond, over links whose jitter is twenty times as long.
        BroadcastRequest[] requests = [.. Enumerable.Range(0, Broadcasts).Select(i => new BroadcastRequest(i * 1_000_000L, 0))];
        RunLog plain = Run(strategy, setting, requests);
        RunLog fifo = Run(new OrderedStrategy(strategy, DeliveryOrder.Fifo), setting, requests);
        for (int member = 0; member < Members; member++)
        {
            fifo.Of(member).ShouldBe(fifo.Of(member).Order());
            fifo.Of(member).Distinct().Count().ShouldBe(fifo.Of(member).Count);
        }

        Enumerable.Range(0, Members).Any(member => !plain.Of(member).SequenceEqual(plain.Of(member).Order())).ShouldBeTrue("links reorder");
        // Giving up early would cost deliveries.
        fifo.Delivered.ShouldBeGreaterThan(plain.Delivered * 8 / 10);
    }

    [Fact]
    public void CausalOrderHoldsWhatWasDeliveredBefore()
    {
        BroadcastRequest[] requests = Random(Broadcasts);
        BroadcastSetting setting = Setting(loss: 0);
        var flooding = new FloodingStrategy();
        Violations(Run(new OrderedStrategy(flooding, DeliveryOrder.Causal), setting, requests), requests).ShouldBe(0);
        Violations(Run(new OrderedStrategy(flooding, DeliveryOrder.Fifo), setting, requests), requests).ShouldBeGreaterThan(0);
        RunLog causal = Run(new OrderedStrategy(flooding, DeliveryOrder.Causal), setting, requests);
        causal.Delivered.ShouldBe(Members * Broadcasts);
    }

    [Fact]
    public void OrderCostsItsStampsAndTheWaiting()
    {
        BroadcastRequest[] requests = Random(Broadcasts);
        BroadcastSetting setting = Setting(loss: 0);
        var flooding = new FloodingStrategy();
        RunLog plain = Run(flooding, setting, requests);
        RunLog fifo = Run(new OrderedStrategy(flooding, DeliveryOrder.Fifo), setting, requests);
        RunLog causal = Run(new OrderedStrategy(flooding, DeliveryOrder.Causal), setting, requests);
        // Flooding sends as many copies whatever the order: twelve bytes each, causally thirteen and eight for each broadcast named.
        fifo.Copies.ShouldBe(plain.Copies);
        fifo.Bytes.ShouldBe(plain.Bytes + (12 * plain.Copies));
        long named = causal.Bytes - plain.Bytes - (13 * plain.Copies);
        (named % 8).ShouldBe(0);
        named.ShouldBeInRange(8 * plain.Copies / 4, 8 * 8 * plain.Copies);
        // The same network and seed: nobody delivers earlier than without order, somebody later.
        Sum(fifo).ShouldBeGreaterThan(Sum(plain));
        Sum(causal).ShouldBeGreaterThan(Sum(fifo));
    }

    [Fact]
    public void WhatIsLostIsGivenUpInTime()
    {
        // A tree without repair, a fifth of all copies lost: gaps everywhere, and yet what comes is delivered in order.
        BroadcastSetting setting = Setting(loss: 0.2);
        BroadcastRequest[] requests = [.. Enumerable.Range(0, Broadcasts).Select(i => new BroadcastRequest(i * 100_000_000L, 0))];
        RunLog plain = Run(new TreeStrategy(2), setting, requests);
        RunLog fifo = Run(new OrderedStrategy(new TreeStrategy(2), DeliveryOrder.Fifo), setting, requests);
        for (int member = 0; member < Members; member++)
        {
            fifo.Of(member).ShouldBe(plain.Of(member).Order());
        }
    }

    [Fact]
    public void ARestartedOriginBeginsAnotherLife()
    {
        BroadcastSetting setting = Setting(loss: 0);
        BroadcastRequest[] requests = [.. Enumerable.Range(0, 10).Select(i => new BroadcastRequest(i * 1_000_000_000L, 4))];
        var faults = new FaultPlan([new Fault(4_500_000_000, FaultKind.Crash, 4), new Fault(4_600_000_000, FaultKind.Restart, 4)]);
        RunLog log = Run(new OrderedStrategy(new FloodingStrategy(), DeliveryOrder.Fifo), setting, requests, faults);
        log.Of(7).ShouldBe(Enumerable.Range(1, 10));
    }

    [Fact]
    public void WrappingComposes()
    {
        BroadcastRegistry.TryParse("causal+fifo+push(4,2)", out BroadcastStrategy? strategy, out _).ShouldBeTrue();
        strategy.ShouldBe(new OrderedStrategy(new OrderedStrategy(new PushStrategy(4, 2), DeliveryOrder.Fifo), DeliveryOrder.Causal));
        strategy!.Name.ShouldBe("causal+fifo+push(4,2)");
        BroadcastSetting setting = Setting(loss: 0);
        BroadcastRequest[] requests = Random(20);
        Violations(Run(strategy, setting, requests), requests).ShouldBe(0);
        BroadcastRegistry.TryParse("fifo+nothing", out _, out string? problem).ShouldBeFalse();
        problem.ShouldNotBeNull();
    }

    [Fact]
    public void StampsThatAreNoneAreRefused()
    {
        Span<byte> bytes = stackalloc byte[40];
        int length = Stamp.Write(bytes, DeliveryOrder.Causal, 3, 1, 9, [(5, 7u), (6, 8u)]);
        length.ShouldBe(12 + 16 + 1);
        Stamp.TrySplit(bytes[..length], DeliveryOrder.Causal, 16, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> stamp).ShouldBeTrue();
        head.Length.ShouldBe(0);
        Stamp read = Stamp.Read(stamp, DeliveryOrder.Causal);
        (read.Origin, read.Life, read.Number, read.DependencyCount).ShouldBe((3, 1u, 9u, 2));
        read.Dependency(1).ShouldBe((6, 8u));
        Stamp.TrySplit(bytes[..length], DeliveryOrder.Causal, 1, out _, out _).ShouldBeFalse();
        Stamp.TrySplit(bytes[1..length], DeliveryOrder.Causal, 16, out _, out _).ShouldBeFalse();
        Stamp.TrySplit([], DeliveryOrder.Causal, 16, out _, out _).ShouldBeFalse();
        Stamp.TrySplit(new byte[12], DeliveryOrder.Fifo, 16, out _, out _).ShouldBeFalse(); // numbers count from 1
    }

    private static BroadcastSetting Setting(double loss) => new()
    {
        Network = new NetworkOptions { Topology = Topology.Complete(Members, 1_000_000), Jitter = new Jitter(JitterShape.Exponential, 20_000_000), Loss = loss },
        PayloadBytes = 200,
        Remembered = 2 * Broadcasts,
    };

    private static BroadcastRequest[] Random(int count)
    {
        RandomStream random = new Seed(12).Stream();
        var requests = new BroadcastRequest[count];
        for (int i = 0; i < count; i++)
        {
            requests[i] = new BroadcastRequest((long)random.Below(300_000_000UL), random.Below(Members));
        }

        return [.. requests.OrderBy(request => request.TimeNs)];
    }

    /// <summary>Pairs, at a member, of a broadcast and one that its origin had delivered before making it, delivered the wrong way round.</summary>
    private static int Violations(RunLog log, BroadcastRequest[] requests)
    {
        int violations = 0;
        for (int later = 1; later <= requests.Length; later++)
        {
            List<int> before = log.Of(requests[later - 1].Member);
            int made = before.IndexOf(later);
            for (int member = 0; member < Members; member++)
            {
                List<int> order = log.Of(member);
                int at = order.IndexOf(later);
                violations += before.Take(Math.Max(0, made)).Count(earlier => at >= 0 && order.IndexOf(earlier) > at);
            }
        }

        return violations;
    }

    private static RunLog Run(BroadcastStrategy strategy, BroadcastSetting setting, BroadcastRequest[] requests, FaultPlan? faults = null) =>
        RequestedRun.Of(strategy, setting, requests, faults);

    /// <summary>All times of delivery together.</summary>
    private static long Sum(RunLog log) => log.TimesNs.Cast<long>().Where(time => time != long.MaxValue).Sum();
}
