using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Benchmarks.Simulation;

/// <summary>
/// Messages a second of the whole link model (latency, jitter, loss, lines at both ends, headers) and its observer: push gossip among 10,000
/// members, and flooding among 1,000, against the same run with bare links.
/// </summary>
public sealed class BroadcastDeliveries : IBenchmark
{
    private const double GoalPerMicrosecond = 10;

    public string Name => "simulation/broadcast-deliveries";

    public IEnumerable<BenchmarkResult> Run()
    {
        foreach (BenchmarkResult push in Measure($"{Name}-push", new PushStrategy(5, 50), 10_000))
        {
            yield return push;
        }

        foreach (BenchmarkResult flood in Measure($"{Name}-flood", new FloodingStrategy(), 1000))
        {
            yield return flood;
        }
    }

    private static IEnumerable<BenchmarkResult> Measure(string name, BroadcastStrategy strategy, int members)
    {
        var full = new NetworkOptions
        {
            Topology = Topology.Complete(members, 40_000_000),
            Jitter = new Jitter(JitterShape.Exponential, 5_000_000),
            Loss = 0.001,
            BandwidthBps = 1e8,
        };
        var bare = new NetworkOptions { Topology = full.Topology, Packets = PacketFormat.Bare };
        BroadcastPlan fullPlan = strategy.Plan(new BroadcastSetting { Network = full, PayloadBytes = 2000 });
        BroadcastPlan barePlan = strategy.Plan(new BroadcastSetting { Network = bare, PayloadBytes = 2000 });
        BroadcastOutcome once = fullPlan(new Seed(1));
        BroadcastOutcome again = fullPlan(new Seed(1));
        if (once.Messages != again.Messages || !once.Times.SequenceEqual(again.Times))
        {
            throw new InvalidOperationException($"{strategy}: the same seed gave another run");
        }

        double bareMessages = barePlan(new Seed(1)).Messages;
        double[] seconds = Interleaved.BestSeconds(12, () => fullPlan(new Seed(1)), () => barePlan(new Seed(1)));
        double rate = once.Messages / seconds[0] / 1e6;
        yield return new BenchmarkResult(name, rate, "M messages/s", rate / GoalPerMicrosecond, "10 M messages/s", Goal: 1);
        yield return new BenchmarkResult(name, rate, "M messages/s", rate / (bareMessages / seconds[1] / 1e6), "bare links");
    }
}
