using Headroom.Dissemination.AntiEntropy;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;

namespace Headroom.Dissemination.Tests.AntiEntropy;

public class AntiEntropyTests
{
    private const long PeriodNs = 10_000_000_000;

    [Theory]
    [InlineData(2000, 0)]
    [InlineData(2000, 1)]
    [InlineData(2000, 10)]
    [InlineData(2000, 100)]
    public void AListCostsTheHistoryAndATreeTheDifference(int history, int differing)
    {
        (long listBytes, int listDelivered) = Compare(history, differing, usesTree: false);
        (long treeBytes, int treeDelivered) = Compare(history, differing, usesTree: true);
        listDelivered.ShouldBe(2 * history);
        treeDelivered.ShouldBe(2 * history);
        // Two comparisons, one of each member: two lists of eight bytes a number (one of them before the exchange), and what is asked for, in packets.
        listBytes.ShouldBeInRange(8L * ((2 * history) - differing), (8L * ((2 * history) + differing)) + (3 * 12 * 46));
        if (differing == 0)
        {
            // Two root hashes of nine bytes, a byte of frame and 46 of headers each.
            treeBytes.ShouldBe(2 * (9 + 1 + 46));
        }
        else
        {
            // A root, its hashes, and for each differing child at most its hashes and sixteen lists of some eight numbers, with headers.
            int children = Math.Min(16, differing);
            int leaves = Math.Min(256, differing);
            treeBytes.ShouldBeLessThan((2 * 56) + ((children + 1) * (134 + 48)) + (leaves * (6 + (8 * 20) + 47)) + (differing * (9 + 47)) + 200);
            treeBytes.ShouldBeLessThan(differing <= 10 ? listBytes / 4 : 2 * listBytes);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FailuresLossAndTimeAreOvercome(bool usesTree)
    {
        BroadcastSetting setting = Settings.Complete(500, failures: 0.2, loss: 0.1);
        BroadcastOutcome outcome = new AntiEntropyStrategy(usesTree).Plan(setting)(new Seed(3));
        outcome.Delivered.ShouldBe(400);
    }

    [Fact]
    public void InformationSpreadsAsByPushAndPull()
    {
        var strategy = new AntiEntropyStrategy(UsesTree: false);
        BroadcastSetting setting = Settings.Complete(1000, inRounds: true);
        BroadcastPlan plan = strategy.Plan(setting);
        new AntiEntropyStrategy(UsesTree: false, 40).Plan(setting)(new Seed(2)).PayloadCopies.ShouldBeInRange(999, 1050);
        var rounds = new Moments();
        for (int trial = 0; trial < 6; trial++)
        {
            BroadcastOutcome outcome = plan(new Seed(2).At(trial));
            outcome.Delivered.ShouldBe(1000);
            outcome.PayloadCopies.ShouldBeInRange(999, 1400); // a comparison takes three of the four rounds of a period: those that overlap send twice
            rounds.Add(outcome.TimeToShare(1));
        }

        // Phases are random and an exchange takes three of the four rounds of a period: within two periods of the recursion.
        strategy.Theory(BroadcastMetric.Rounds, setting)!.Value.Average.ShouldBe(rounds.Mean, 8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsForgottenIsNotOfferedAgain(bool usesTree)
    {
        // A hundred broadcasts through memories of twenty: nobody delivers one twice, because only the latest ten are compared.
        const int Members = 12;
        var setting = new BroadcastSetting { Network = new NetworkOptions { Topology = Topology.Complete(Members, 1_000_000) }, PayloadBytes = 10, Remembered = 20 };
        var options = new AntiEntropyOptions { Topology = setting.Network.Topology, PeriodNs = 4_000_000, UsesTree = usesTree };
        var tables = new AntiEntropyTables(Members, 10);
        var counts = new int[Members, 101];
        var host = new SimulationHost<AntiEntropyProcess, Counting>(
            new SimulationOptions { Network = setting.Network, Seed = new Seed(1) }, _ => new AntiEntropyProcess(options, tables), new Counting(counts));
        for (int i = 1; i <= 100; i++)
        {
            host.Request(i * 10_000_000L, i % Members, 7000 + i, body: host.Bodies.AddBlank(10));
        }

        host.Run(1_500_000_000);
        counts.Cast<int>().Max().ShouldBe(1);
        counts.Cast<int>().Sum().ShouldBe(Members * 100);
    }

    /// <summary>Bytes besides payload messages, and deliveries, until two members with histories that differ have compared twice.</summary>
    private static (long Bytes, int Delivered) Compare(int history, int differing, bool usesTree)
    {
        var topology = Topology.Complete(2, 10_000_000);
        var options = new AntiEntropyOptions { Topology = topology, PeriodNs = PeriodNs, UsesTree = usesTree };
        var tables = new AntiEntropyTables(2, history);
        var counts = new int[2, history + 1];
        var host = new SimulationHost<AntiEntropyProcess, Counting>(
            new SimulationOptions { Network = new NetworkOptions { Topology = topology }, Seed = new Seed(5) }, _ => new AntiEntropyProcess(options, tables), new Counting(counts));
        RandomStream random = new Seed(6).Stream();
        for (int i = 0; i < history; i++)
        {
            long number = (long)random.Below(ulong.MaxValue);
            int body = host.Bodies.AddBlank(1);
            // Those that differ are known to one of the two, by turns.
            for (int member = 0; member < 2; member++)
            {
                if (i >= differing || i % 2 == member)
                {
                    host.Request(0, member, number, body: body);
                }
            }
        }

        host.Run(PeriodNs - 1);
        return (host.Observer.Bytes[0], counts.Cast<int>().Sum());
    }

    private readonly struct Counting(int[,] counts) : IObserver
    {
        public long[] Bytes { get; } = [0];

        public int Composed(int member, ReadOnlySpan<byte> head, int body, int bodyBytes) => 0;

        public void Sent(int from, int to, int body, int tag, long wireBytes, DropCause drop, long nowNs) => Bytes[0] += body == 0 ? wireBytes : 0;

        public void Received(int from, int to, int body, int tag, long wireBytes, long nowNs)
        {
        }

        public void Dropped(int from, int to, int body, int tag, long wireBytes, DropCause cause, long nowNs)
        {
        }

        public void Delivered(int member, int body, long nowNs) => counts[member, body]++;

        public void Replied(int member, long request, ReadOnlySpan<byte> head, int body, long nowNs)
        {
        }

        public void Struck(in Fault fault)
        {
        }
    }
}
