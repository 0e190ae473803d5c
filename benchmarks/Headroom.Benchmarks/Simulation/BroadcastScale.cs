using System.Diagnostics;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Benchmarks.Simulation;

/// <summary>
/// One broadcast of 2 kB to very many members, links of 50 ms with exponential jitter of 5 ms, 1 % loss and lines of 100 Mbit/s at both ends: its time
/// against ten minutes and the process's peak memory against 16 GB. Memory is this process's: filter for one at a time.
/// </summary>
public sealed class BroadcastScale(bool isRegular, int members) : IBenchmark
{
    private const double SecondsMax = 600;
    private const double BytesMax = 16e9;
    private const int Degree = 5;

    public string Name => $"simulation/scale-{(isRegular ? "flooding-regular" : "push")}-{members}";

    public bool OnlyWhenNamed => true;

    public IEnumerable<BenchmarkResult> Run()
    {
        long start = Stopwatch.GetTimestamp();
        const long LatencyNs = 50_000_000;
        BroadcastStrategy strategy = isRegular ? new FloodingStrategy() : new PushStrategy(Degree);
        var network = new NetworkOptions
        {
            Topology = isRegular ? Topology.RandomRegular(members, Degree, LatencyNs, new Seed(4)) : Topology.Complete(members, LatencyNs),
            Jitter = new Jitter(JitterShape.Exponential, 5_000_000),
            Loss = 0.01,
            BandwidthBps = 1e8,
        };
        BroadcastOutcome outcome = strategy.Plan(new BroadcastSetting { Network = network, PayloadBytes = 2000 })(new Seed(1));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (outcome.Delivered < members * 0.98)
        {
            throw new InvalidOperationException($"{Name}: only {outcome.Delivered} delivered");
        }

        using var process = Process.GetCurrentProcess();
        double bytes = process.PeakWorkingSet64;
        yield return new BenchmarkResult(Name, outcome.Messages / seconds / 1e6, "M messages/s", seconds / SecondsMax, "10 minutes", Goal: 1, GoalIsAtMost: true);
        yield return new BenchmarkResult(Name, bytes / members, "B/member", bytes / BytesMax, "16 GB", Goal: 1, GoalIsAtMost: true);
    }
}
