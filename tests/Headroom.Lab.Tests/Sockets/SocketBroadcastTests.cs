using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Sockets;
using Headroom.Simulation.Networks;

namespace Headroom.Lab.Tests.Sockets;

/// <summary>The same processes over real sockets and in the simulator.</summary>
public class SocketBroadcastTests
{
    public static TheoryData<Transport, BroadcastStrategy> Exact()
    {
        var cases = new TheoryData<Transport, BroadcastStrategy>();
        foreach (Transport transport in new[] { Transport.Udp, Transport.Tcp })
        {
            cases.Add(transport, new FloodingStrategy());
            cases.Add(transport, new FloodingStrategy(Echo: true));
            cases.Add(transport, new EarliestTreeStrategy());
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void CountsOnAQuietTopologyAreThoseOfTheSimulator(Transport transport, BroadcastStrategy strategy)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Of(RegularGraphs.Grid(5, 5, latencySeconds: 0.002)) },
            PayloadBytes = 3000,
        };
        BroadcastOutcome simulated = strategy.Plan(setting)(new Seed(1));
        LabRun run = Run(setting, strategy, transport);
        run.WasCutOff.ShouldBeFalse();
        (run.Refused, run.Vanished).ShouldBe((0, 0));
        BroadcastOutcome executed = run.Outcome;
        (executed.Delivered, executed.PayloadCopies, executed.Messages, executed.WireBytes, executed.PayloadCopiesReceived)
            .ShouldBe((simulated.Delivered, simulated.PayloadCopies, simulated.Messages, simulated.WireBytes, simulated.PayloadCopiesReceived));
        executed.HopsMax.ShouldBeGreaterThanOrEqualTo(8);
        // No wire is faster than its links.
        for (int i = 0; i < executed.Times.Count; i++)
        {
            executed.Times[i].ShouldBeGreaterThanOrEqualTo(simulated.Times[i]);
        }
    }

    [Theory]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Tcp)]
    public void ASettledPlumtreeSendsOneCopyForEachDelivery(Transport transport)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Of(RegularGraphs.Grid(4, 5, latencySeconds: 0.008)) },
            PayloadBytes = 500,
        };
        var strategy = new PlumtreeStrategy(Settled: 3);
        strategy.Plan(setting)(new Seed(1)).PayloadCopies.ShouldBe(19);
        // Exactly, however the machine stalls: the members' clock stands still meanwhile.
        BroadcastOutcome outcome = Run(setting, strategy, transport).Outcome;
        (outcome.Delivered, outcome.PayloadCopies).ShouldBe((20, 19));
    }

    /// <summary>
    /// Protocols whose period leaves an answer a few microseconds: on links without any lag it comes just before the next call, on real ones just after it. With a lag
    /// the simulator counts what sockets do: the means over the same seeds lie within intervals of 99.9 %.
    /// </summary>
    [Theory]
    [InlineData("pull")]
    [InlineData("push-pull")]
    [InlineData("rumour-coin(2)")]
    public void WhatPacesItselfByTheLatencyCostsWhatTheSimulatorCountsWithALag(string written)
    {
        BroadcastRegistry.TryParse(written, out BroadcastStrategy? strategy, out _).ShouldBeTrue();
        var setting = new BroadcastSetting { Network = new NetworkOptions { Topology = Topology.Complete(20, 4_000_000), BandwidthBps = 1e9 }, PayloadBytes = 200 };
        var executed = new Moments();
        var simulated = new Moments();
        var unlagged = new Moments();
        BroadcastPlan plan = strategy!.Plan(setting with { Network = setting.Network with { LagNs = 10_000 } });
        BroadcastPlan withoutLag = strategy.Plan(setting);
        for (int trial = 0; trial < 8; trial++)
        {
            executed.Add(Run(setting, strategy, Transport.Udp, new Seed(7).At(trial)).Outcome.PayloadCopies);
            simulated.Add(plan(new Seed(7).At(trial)).PayloadCopies);
            unlagged.Add(withoutLag(new Seed(7).At(trial)).PayloadCopies);
        }

        Interval sockets = executed.MeanInterval(0.999);
        Interval simulator = simulated.MeanInterval(0.999);
        sockets.Low.ShouldBeLessThanOrEqualTo(simulator.High);
        simulator.Low.ShouldBeLessThanOrEqualTo(sockets.High);
        // The lag is what makes the difference, not the sockets.
        unlagged.Mean.ShouldBeLessThan(simulated.Mean - 5);
    }

    [Theory]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Tcp)]
    public void TheDeadStaySilentAndTheLostAreCounted(Transport transport)
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Complete(30, 1_000_000), Loss = 0.1 },
            PayloadBytes = 200,
            Failures = 0.2,
        };
        LabRun run = Run(setting, new FloodingStrategy(), transport);
        BroadcastOutcome outcome = run.Outcome;
        outcome.Live.ShouldBe(24);
        outcome.Delivered.ShouldBe(24, run.ToString());
        // The origin sends to 29, each other live member to 28.
        outcome.PayloadCopies.ShouldBe(29 + (23 * 28));
        // 673 independent losses of a tenth: within five standard deviations of 67.
        ((double)outcome.Lost).ShouldBeInRange(67 - 39, 67 + 39);
        // Of the 529 copies to the living a tenth never arrives: 476, five standard deviations of 6.9 either way.
        ((double)outcome.PayloadCopiesReceived).ShouldBeInRange(476 - 35, 476 + 35);
    }

    [Fact]
    public void APayloadTooLargeForADatagramIsRefused()
    {
        var setting = new BroadcastSetting { Network = new NetworkOptions { Topology = Topology.Complete(2, 0) }, PayloadBytes = 65_000 };
        Should.Throw<ArgumentException>(() => Run(setting, new FloodingStrategy(), Transport.Udp)).Message.ShouldContain("use TCP");
        Run(setting with { PayloadBytes = 5_000_000 }, new FloodingStrategy(), Transport.Tcp).Outcome.Delivered.ShouldBe(2);
    }

    [Fact]
    public void ALineOfLowBandwidthHoldsCopiesBack()
    {
        // 4 copies of 1,000 wire bytes at 800 kbit/s leave every 10 ms; the last is there after 40 ms and 5 ms on the way.
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Complete(5, 5_000_000), BandwidthBps = 8e5, Packets = PacketFormat.Bare },
            PayloadBytes = 990,
        };
        BroadcastOutcome outcome = Run(setting, new TreeStrategy(4), Transport.Tcp).Outcome;
        for (int i = 1; i <= 4; i++)
        {
            outcome.Times[i].ShouldBeGreaterThanOrEqualTo((i * 10_000_000L) + 5_000_000);
        }
    }

    private static LabRun Run(BroadcastSetting setting, BroadcastStrategy strategy, Transport transport, Seed? seed = null) => SocketBroadcast.Run(
        new LabOptions { Setting = setting, Strategy = strategy, Transport = transport, Seed = seed ?? new Seed(1), TimeMax = TimeSpan.FromSeconds(20) }, TimeProvider.System);
}
