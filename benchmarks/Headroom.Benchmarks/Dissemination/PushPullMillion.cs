using System.Diagnostics;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Benchmarks.Dissemination;

/// <summary>
/// Rounds of push-pull gossip among a million members, where members that only push, one call a round, need 20 at least (log2 n), and 34 or so in fact; 16 are told of in
/// the literature. The rate is of messages simulated.
/// </summary>
public sealed class PushPullMillion : IBenchmark
{
    private const int Members = 1_000_000;

    public string Name => "dissemination/push-pull-million";

    public IEnumerable<BenchmarkResult> Run()
    {
        var setting = new BroadcastSetting
        {
            Network = new NetworkOptions { Topology = Topology.Complete(Members, 40_000_000) },
            PayloadBytes = 1000,
            InRounds = true,
        };
        long started = Stopwatch.GetTimestamp();
        BroadcastOutcome outcome = new CallStrategy(Pushes: true, 1, 20, 20).Plan(setting)(new Seed(1));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (outcome.Delivered != Members)
        {
            throw new InvalidOperationException($"{Members - outcome.Delivered} of a million members were missed in 20 rounds");
        }

        yield return new BenchmarkResult(Name, outcome.Messages / seconds / 1e6, "M messages/s", outcome.TimeToShare(1) / 20.0, "rounds of doubling (20)", 0.9, GoalIsAtMost: true);
    }
}
