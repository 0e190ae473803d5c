using Headroom.Dissemination.Detection;
using Headroom.Kernel.Randomness;
using Headroom.Kernel.Statistics;
using Headroom.Lab.Sockets;
using Headroom.Simulation.Networks;

namespace Headroom.Lab.Tests.Sockets;

/// <summary>Members that watch each other over real sockets and in the simulator, in periods of forty milliseconds.</summary>
public class SocketDetectionTests
{
    private const long PeriodNs = 40_000_000;
    private const int Members = 10;

    public static TheoryData<Transport, DetectionStrategy> Cases() => new()
    {
        { Transport.Udp, new HeartbeatStrategy(2) },
        { Transport.Tcp, new HeartbeatStrategy(2) },
        { Transport.Udp, new SwimStrategy(3, 1) },
        { Transport.Tcp, new SwimStrategy(3, 1) },
        { Transport.Udp, new GossipHeartbeatStrategy() },
    };

    /// <summary>The same seeds crash the same members at the same moments; means lie within intervals of 99.9 % of each other.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ACrashIsNoticedOverSocketsWhenTheSimulatorSays(Transport transport, DetectionStrategy strategy)
    {
        const int Trials = 5;
        DetectionSetting setting = Setting();
        DetectionPlan simulate = strategy.Plan(setting with { Network = setting.Network with { LagNs = 10_000 } });
        var executed = new DetectionOutcome[Trials];
        var simulated = new DetectionOutcome[Trials];
        for (int trial = 0; trial < Trials; trial++)
        {
            Seed seed = new Seed(5).At(trial);
            simulated[trial] = simulate(seed);
            executed[trial] = SocketDetection.Run(new DetectionLabOptions { Setting = setting, Strategy = strategy, Transport = transport, Seed = seed }, TimeProvider.System).Outcome;
        }

        Agree(outcome => (double)outcome.FirstDetectedNs[0] / PeriodNs, "noticed");
        Agree(outcome => (double)outcome.AllKnowNs[0] / PeriodNs, "known");
        Agree(outcome => outcome.MessagesPerMemberPeriod, "messages");
        Agree(outcome => outcome.BytesPerMemberPeriod, "bytes");
        executed.Sum(outcome => outcome.FalselyDeclared).ShouldBe(0);
        // Nothing is lost: each member pings one and is answered, and nobody asks others to try but for the dead.
        (strategy is SwimStrategy ? executed.Max(outcome => outcome.MessagesPerMemberPeriod) : 0).ShouldBeLessThan(2.6);
        // Nobody can know before a message fails to come.
        executed.ShouldAllBe(outcome => outcome.FirstDetectedNs[0] >= setting.Network.Topology.LeastLatencyNs);

        void Agree(Func<DetectionOutcome, double> value, string what)
        {
            Interval sockets = Moments.Of([.. executed.Select(value)]).MeanInterval(0.999);
            Interval simulator = Moments.Of([.. simulated.Select(value)]).MeanInterval(0.999);
            sockets.Low.ShouldBeLessThanOrEqualTo(simulator.High, what);
            simulator.Low.ShouldBeLessThanOrEqualTo(sockets.High, what);
        }
    }

    /// <summary>Heartbeats are drawn by nothing but phases: over sockets as many are sent as simulated, to the last few.</summary>
    [Fact]
    public void HeartbeatsAreCountedOneByOne()
    {
        DetectionSetting setting = Setting() with { Crashes = 0, QuietPeriods = 3, WatchPeriods = 5 };
        var strategy = new HeartbeatStrategy(3);
        DetectionOutcome simulated = strategy.Plan(setting)(new Seed(9));
        DetectionOutcome executed = SocketDetection.Run(new DetectionLabOptions { Setting = setting, Strategy = strategy, Transport = Transport.Udp, Seed = new Seed(9) }, TimeProvider.System).Outcome;
        (executed.Messages, executed.WireBytes, executed.FalselyDeclared).ShouldBe((simulated.Messages, simulated.WireBytes, 0));
    }

    [Fact]
    public void MembersInStepAreNone() => Should.Throw<ArgumentException>(() => SocketDetection.Run(
        new DetectionLabOptions { Setting = Setting() with { InStep = true }, Strategy = new HeartbeatStrategy(), Transport = Transport.Udp, Seed = new Seed(1) }, TimeProvider.System));

    private static DetectionSetting Setting() => new()
    {
        Network = new NetworkOptions { Topology = Topology.Complete(Members, 2_000_000), BandwidthBps = 1e9 },
        PeriodNs = PeriodNs,
    };
}
