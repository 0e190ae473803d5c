using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Regions;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Tests.Regions;

public class HierarchicalTests
{
    [Theory]
    [InlineData(100, 4, 0, 0, 1 + 2)] // ten regions of ten: across, then 1 + 4 + 5
    [InlineData(1000, 4, 10, 0, 1 + 4)] // ten of a hundred: 1 + 4 + 16 + 64 + 15
    [InlineData(1000, 1000, 10, 0, 1 + 1)]
    [InlineData(1000, 4, 10, 5, 1 + 1 + 4)] // the origin is no relay
    [InlineData(7, 2, 7, 3, 1)]
    [InlineData(1, 4, 0, 0, 0)]
    public void AQuietNetworkTakesOneCopyAndOneAcknowledgementEach(int members, int arity, int regions, int origin, int rounds)
    {
        BroadcastSetting setting = Settings.Complete(members, inRounds: true) with { Origin = origin };
        var strategy = new HierarchicalStrategy(arity, regions);
        BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(1));
        outcome.Delivered.ShouldBe(members);
        outcome.TimeToShare(1).ShouldBe(rounds);
        foreach ((BroadcastMetric metric, double measured) in new (BroadcastMetric, double)[]
        {
            (BroadcastMetric.Payloads, outcome.PayloadCopies), (BroadcastMetric.Messages, outcome.Messages), (BroadcastMetric.Bytes, outcome.WireBytes),
            (BroadcastMetric.Rounds, rounds), (BroadcastMetric.Hops, origin == 0 || regions == members ? outcome.HopsMax : -1), (BroadcastMetric.Delivered, outcome.ShareDelivered),
        })
        {
            strategy.Theory(metric, setting).ShouldBe(measured < 0 ? null : CostCases.Exactly(measured), metric.ToString());
        }
    }

    [Theory]
    [InlineData(100, 10, 0, 9 + (10 * 81), 2)] // ten regions: across, and within each 9 and 9 times 8
    [InlineData(100, 10, 5, 10 + (10 * 81) - 8, 3)] // the origin is no relay, and floods nothing itself
    [InlineData(60, 60, 0, 59, 1)]
    [InlineData(50, 1, 0, 49 + (49 * 48), 1)]
    public void WithinRegionsFloodingSendsItsSquares(int members, int regions, int origin, int copies, int rounds)
    {
        BroadcastSetting setting = Settings.Complete(members, inRounds: true) with { Origin = origin };
        var strategy = new HierarchicalStrategy(1, regions, RegionSpread.Flooding);
        BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(1));
        outcome.PayloadCopies.ShouldBe(copies);
        outcome.Delivered.ShouldBe(members);
        outcome.TimeToShare(1).ShouldBe(rounds);
        strategy.Theory(BroadcastMetric.Payloads, setting).ShouldBe(CostCases.Exactly(copies));
        strategy.Theory(BroadcastMetric.Messages, setting).ShouldBe(CostCases.Exactly(outcome.Messages));
        strategy.Theory(BroadcastMetric.Bytes, setting).ShouldBe(CostCases.Exactly(outcome.WireBytes));
        strategy.Theory(BroadcastMetric.Rounds, setting).ShouldBe(CostCases.Exactly(rounds));
    }

    [Fact]
    public void WithinRegionsPushReachesTheShareOfInfectAndDie()
    {
        var strategy = new HierarchicalStrategy(4, 5, RegionSpread.Push);
        BroadcastSetting setting = Settings.Complete(5000, inRounds: true);
        BroadcastOutcome outcome = strategy.Plan(setting)(new Seed(1));
        // Five regions of a thousand: four standard deviations of the share in each, about sqrt(p (1-p) / 1000), together.
        outcome.ShareDelivered.ShouldBe(0.9802, 0.012);
        ((double)outcome.PayloadCopies).ShouldBe(strategy.Theory(BroadcastMetric.Payloads, setting)!.Value.Average, 300);
    }

    [Fact]
    public void EveryRegionIsEnteredOnce()
    {
        const int Members = 90;
        int[] regions = [.. Enumerable.Range(0, Members).Select(member => member % 3)];
        var topology = Topology.Regions(regions, new long[,] { { 1_000_000, 40_000_000, 80_000_000 }, { 40_000_000, 1_000_000, 60_000_000 }, { 80_000_000, 60_000_000, 1_000_000 } });
        var setting = new BroadcastSetting { Network = new NetworkOptions { Topology = topology }, PayloadBytes = 1000 };
        var options = new RelayOptions { Map = RegionMap.Of(topology, 1), Arity = 4, TimeoutNs = 400_000_000 };
        var tables = new RelayTables(Members, 1, options);
        var host = new SimulationHost<RelayProcess, Crossings>(
            new SimulationOptions { Network = setting.Network, Seed = new Seed(1) }, _ => new RelayProcess(options, tables), new Crossings(topology));
        host.Request(0, 0, 1, body: host.Bodies.AddBlank(1000));
        host.Run();
        host.Observer.Crossed.ShouldBe(2);
        host.Observer.Reached.ShouldBe(Members);
        // Across the widest gap, then three links of a millisecond: 30 members as 1 + 4 + 16 + 9.
        BroadcastOutcome outcome = new HierarchicalStrategy().Plan(setting)(new Seed(1));
        outcome.TimeToShare(1).ShouldBe(83_000_000);
    }

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0, 0.1)]
    [InlineData(0.2, 0.1)]
    public void DeadRelaysAndParentsAreReplaced(double failures, double loss)
    {
        for (int trial = 0; trial < 5; trial++)
        {
            BroadcastSetting setting = Settings.Complete(600, failures: failures, loss: loss) with { Origin = 17 };
            BroadcastOutcome outcome = new HierarchicalStrategy().Plan(setting)(new Seed(6).At(trial));
            outcome.Delivered.ShouldBe(outcome.Live);
        }
    }

    [Fact]
    public void AnOriginTurnsToTheNextRelayWhenToldThatItsLinkIsDown()
    {
        long silent = FirstDeliveryNs(new FaultPlan([new Fault(0, FaultKind.Crash, 0)]));
        long told = FirstDeliveryNs(new FaultPlan([new Fault(1, FaultKind.LinkDown, 3, 0)]));
        told.ShouldBe(10_000_000);
        silent.ShouldBeGreaterThan(80_000_000); // two time-outs
    }

    [Fact]
    public void AGraphHasNoRelays()
    {
        BroadcastSetting setting = Settings.On(RegularGraphs.Grid(3, 3));
        new HierarchicalStrategy().Problem(setting).ShouldNotBeNull();
        new HierarchicalStrategy(4, 11).Problem(Settings.Complete(10)).ShouldNotBeNull();
        new HierarchicalStrategy(4, 10).Problem(Settings.Complete(10)).ShouldBeNull();
    }

    /// <summary>When anybody but the origin, member 3 of ten in one region, first has it.</summary>
    private static long FirstDeliveryNs(FaultPlan faults)
    {
        var topology = Topology.Complete(10, 10_000_000);
        var options = new RelayOptions { Map = RegionMap.Of(topology, 1), Arity = 4, TimeoutNs = 40_000_000 };
        var tables = new RelayTables(10, 1, options);
        var host = new SimulationHost<RelayProcess, BroadcastObserver>(
            new SimulationOptions { Network = new NetworkOptions { Topology = topology }, Seed = new Seed(1), Faults = faults }, _ => new RelayProcess(options, tables), new BroadcastObserver(10));
        host.Request(1_000_000, 3, 1, body: host.Bodies.AddBlank(100));
        host.Run();
        host.Observer.MembersDelivered.ShouldBeGreaterThanOrEqualTo(9);
        return host.Observer.DeliveredNs.ToArray().Order().ElementAt(1) - 1_000_000;
    }

    private struct Crossings(Topology topology) : IObserver
    {
        public int Crossed { get; private set; }

        public int Reached { get; private set; }

        public readonly int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

        public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) =>
            Crossed += body != 0 && topology.RegionOf(from) != topology.RegionOf(to) ? 1 : 0;

        public readonly void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
        {
        }

        public readonly void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public void Delivered(int member, int body, long nowNs) => Reached++;

        public readonly void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
        {
        }

        public readonly void Struck(in Fault fault)
        {
        }
    }
}
