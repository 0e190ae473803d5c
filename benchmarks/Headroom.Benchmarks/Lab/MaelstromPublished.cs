using Headroom.Benchmarks.Shell;
using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Benchmarks.Lab;

/// <summary>
/// What Maelstrom's guide publishes for 25 nodes at 100 ms a hop and 100 operations a second, beside our host and our flooding node. Messages must
/// be exactly those of a flood; published figures an operation are doubled, since half of the operations broadcast.
/// </summary>
internal sealed class MaelstromPublished : IBenchmark
{
    private const double Seconds = 10;

    private static readonly (string Topology, int Flood, double Messages, double? MedianMs, double? MaximumMs)[] Published =
    [
        ("grid", 56, 55.6, 452, 791), ("line", 24, 24.0, null, null), ("tree4", 24, 24.0, 386, 505), ("total", 576, 581, 77, 97),
    ];

    public string Name => "lab/maelstrom-published";

    public IEnumerable<BenchmarkResult> Run()
    {
        if (Interpreter.Missing("python3"))
        {
            yield break;
        }

        foreach ((string topology, int flood, double messages, double? median, double? maximum) in Published)
        {
            MaelstromResult result = MaelstromHost.Run(new MaelstromOptions
            {
                Workload = WorkloadKind.Broadcast,
                Program = Path.Combine(ShellBenchmark.RepositoryRoot(), "samples", "maelstrom", "broadcast.py"),
                Seed = 1,
                Nodes = 25,
                Topology = topology,
                Latency = new LatencyDistribution(LatencyShape.Constant, 100_000_000),
                RatePerSecond = 100,
                DurationNs = (long)(Seconds * 1e9),
                RecoveryNs = 4_000_000_000,
            }, TimeProvider.System);
            if (!result.Passed || result.ServerMessages.Sent != (long)flood * result.Spread!.Payloads)
            {
                throw new InvalidOperationException($"{topology}: {result.ServerMessages.Sent} messages, not {flood} for each broadcast; {string.Join("; ", result.Check.Problems)}");
            }

            double perBroadcast = (double)result.ServerMessages.Sent / result.Spread.Payloads;
            yield return new BenchmarkResult($"lab/maelstrom-{topology}-messages", perBroadcast, "messages", perBroadcast / messages, "the published figure");
            if (median is { } publishedMedian && maximum is { } publishedMaximum)
            {
                double p50 = SetCheck.Quantile(result.Check.Set!.StableLatenciesMs, 0.5);
                double most = SetCheck.Quantile(result.Check.Set.StableLatenciesMs, 1);
                yield return new BenchmarkResult($"lab/maelstrom-{topology}-median", p50, "ms stable", p50 / publishedMedian, "the published figure");
                yield return new BenchmarkResult($"lab/maelstrom-{topology}-max", most, "ms stable", most / publishedMaximum, "the published figure");
            }
        }
    }
}
