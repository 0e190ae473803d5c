using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Switching;
using Headroom.Dissemination.Tests.Broadcasts;
using Headroom.Graphs.Generators;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Hosting;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Observation;
using Xunit.Abstractions;

namespace Headroom.Dissemination.Tests.Switching;

/// <summary>A network that is calm, then loses a quarter of all messages, then is loaded, in three phases of ten seconds.</summary>
public class SwitchingTests(ITestOutputHelper output)
{
    private const int Members = 30;
    private const long PhaseNs = 10_000_000_000;
    private const int Phases = 3;

    /// <summary>What a second of delay counts against a kilobyte sent to each member: a broadcast costs its mean latency and 2 ms for each of them.</summary>
    private const double SecondsPerKilobyte = 0.002;

    private const double LatencyMaxSeconds = 2;

    private static readonly BroadcastSetting Setting = new()
    {
        Network = new NetworkOptions
        {
            Topology = Topology.Complete(Members, 10_000_000),
            Jitter = new Jitter(JitterShape.Exponential, 1_000_000),
            BandwidthBps = 4e6,
            QueueBytesMax = 200_000,
        },
        PayloadBytes = 1000,
        Remembered = 256,
    };

    [Fact]
    public void SwitchingBeatsEveryFixedModeOverANetworkThatChanges()
    {
        BroadcastRequest[] requests = Requests();
        double[] switching = Costs(new SwitchingStrategy(), requests, out RunLog log);
        // Nothing is lost at a switch, or ever.
        log.Delivered.ShouldBe(Members * requests.Length);
        double[][] always = [.. Enum.GetValues<SpreadMode>().Select(mode => Costs(new SwitchingStrategy { Always = mode }, requests, out _))];
        double[] best = [.. Enumerable.Range(0, Phases).Select(phase => always.Min(costs => costs[phase]))];
        double regret = (switching.Sum() / best.Sum()) - 1;
        for (int mode = 0; mode < always.Length; mode++)
        {
            output.WriteLine($"always {(SpreadMode)mode}: {Print(always[mode])}");
        }

        output.WriteLine($"switching: {Print(switching)}");
        output.WriteLine($"best in hindsight: {Print(best)}; regret {regret:P1}");
        foreach (double[] costs in always)
        {
            switching.Sum().ShouldBeLessThan(costs.Sum());
        }

        regret.ShouldBeLessThan(0.25);
    }

    [Fact]
    public void MembersFollowTheNetworkTogetherAndSeldom()
    {
        (SimulationHost<SwitchingProcess, NoObserver> host, SwitchingTables tables) = Host(
            new Fault(PhaseNs, FaultKind.Loss) { Share = 0.25 }, new Fault(2 * PhaseNs, FaultKind.Loss) { Share = 0.7 }, new Fault(3 * PhaseNs, FaultKind.Loss) { Share = 0 });
        foreach (SpreadMode expected in new[] { SpreadMode.Tree, SpreadMode.Gossip, SpreadMode.Flooding, SpreadMode.Tree })
        {
            host.Run(host.NowNs < PhaseNs / 2 ? PhaseNs - 1 : (((host.NowNs / PhaseNs) + 2) * PhaseNs) - 1);
            Modes(tables).Count(mode => mode == expected).ShouldBe(Members, $"at {host.NowNs} ns");
        }

        // Up twice and down by one or two steps: nobody wavers.
        Enumerable.Range(0, Members).Max(tables.SwitchesOf).ShouldBeInRange(3, 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.02)]
    [InlineData(0.03)]
    [InlineData(0.04)]
    [InlineData(0.1)]
    public void ASteadyNetworkIsSwitchedForSeldom(double loss)
    {
        (SimulationHost<SwitchingProcess, NoObserver> host, SwitchingTables tables) = Host(new Fault(0, FaultKind.Loss) { Share = loss });
        const long MinuteNs = 60_000_000_000;
        host.Run(MinuteNs);
        // Some five hundred probes each; at the threshold itself a few changes, one in two hundred at most.
        Enumerable.Range(0, Members).Average(tables.SwitchesOf).ShouldBeLessThan(3);
        Enumerable.Range(0, Members).Average(tables.LossSeenBy).ShouldBe(loss, 0.02);
        if (loss is 0 or 0.1)
        {
            Modes(tables).ShouldAllBe(mode => mode == (loss == 0 ? SpreadMode.Tree : SpreadMode.Gossip));
        }
    }

    [Fact]
    public void DeadMembersCountAsLoss()
    {
        BroadcastOutcome outcome = new SwitchingStrategy().Plan(Settings.Complete(200, failures: 0.3))(new Seed(2));
        outcome.Delivered.ShouldBe(140);
        Fault[] crashes = [.. Enumerable.Range(20, 10).Select(member => new Fault(0, FaultKind.Crash, member))];
        (SimulationHost<SwitchingProcess, NoObserver> host, SwitchingTables tables) = Host(crashes);
        host.Run(PhaseNs);
        Modes(tables).Take(20).ShouldAllBe(mode => mode == SpreadMode.Gossip);
    }

    [Fact]
    public void ACalmBroadcastIsATreesAndItsProbes()
    {
        BroadcastSetting setting = Settings.Complete(100, inRounds: true);
        BroadcastOutcome outcome = new SwitchingStrategy().Plan(setting)(new Seed(3));
        outcome.Delivered.ShouldBe(100);
        outcome.PayloadCopies.ShouldBe(99);
        outcome.TimeToShare(1).ShouldBe(4); // 1 + 4 + 16 + 64 + 15
        new SwitchingStrategy().Problem(Settings.On(RegularGraphs.Grid(3, 3))).ShouldNotBeNull();
    }

    private static SpreadMode[] Modes(SwitchingTables tables) => [.. Enumerable.Range(0, Members).Select(tables.ModeOf)];

    private static (SimulationHost<SwitchingProcess, NoObserver> Host, SwitchingTables Tables) Host(params Fault[] faults)
    {
        var options = new SwitchingOptions { Topology = Setting.Network.Topology, Fanout = SwitchingOptions.FanoutFor(Members), ProbeNs = 120_000_000, GraceNs = 80_000_000 };
        options.Validate();
        var tables = new SwitchingTables(Members, 8);
        var simulation = new SimulationOptions { Network = Setting.Network, Seed = new Seed(9), Faults = new FaultPlan(faults) };
        return (new SimulationHost<SwitchingProcess, NoObserver>(simulation, _ => new SwitchingProcess(options, tables), default), tables);
    }

    private static string Print(double[] costs) => $"{string.Join(" + ", costs.Select(cost => $"{cost:0.000}"))} = {costs.Sum():0.000}";

    /// <summary>Mean cost of a broadcast of each phase.</summary>
    private static double[] Costs(SwitchingStrategy strategy, BroadcastRequest[] requests, out RunLog log)
    {
        long settlingNs = strategy.SettlingNs(Setting);
        var faults = new FaultPlan([new Fault(settlingNs + PhaseNs, FaultKind.Loss) { Share = 0.25 }, new Fault(settlingNs + (2 * PhaseNs), FaultKind.Loss) { Share = 0 }]);
        log = RequestedRun.Of(strategy, Setting, requests, faults);
        var costs = new double[Phases];
        var counts = new int[Phases];
        for (int broadcast = 1; broadcast <= requests.Length; broadcast++)
        {
            (long timeNs, int origin) = requests[broadcast - 1];
            int phase = (int)(timeNs / PhaseNs);
            double seconds = 0;
            for (int member = 0; member < Members; member++)
            {
                long atNs = log.TimesNs[broadcast, member];
                seconds += member == origin ? 0 : atNs == long.MaxValue ? LatencyMaxSeconds : Math.Min(LatencyMaxSeconds, (atNs - timeNs) / 1e9);
            }

            costs[phase] += seconds / (Members - 1);
            counts[phase]++;
        }

        for (int phase = 0; phase < Phases; phase++)
        {
            double kilobytes = log.BytesBySecond.Skip(10 * phase).Take(10).Sum() / 1e3;
            costs[phase] = (costs[phase] + (SecondsPerKilobyte * kilobytes / (Members - 1))) / counts[phase];
        }

        return costs;
    }

    /// <summary>Four broadcasts a second, eighty when loaded, from random origins.</summary>
    private static BroadcastRequest[] Requests()
    {
        RandomStream random = new Seed(77).Stream();
        var requests = new List<BroadcastRequest>();
        for (long timeNs = 0; timeNs < Phases * PhaseNs; timeNs += timeNs < 2 * PhaseNs ? 250_000_000 : 12_500_000)
        {
            requests.Add(new BroadcastRequest(timeNs, random.Below(Members)));
        }

        return [.. requests];
    }
}
