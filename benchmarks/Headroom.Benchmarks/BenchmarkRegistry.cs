namespace Headroom.Benchmarks;

/// <summary>Every benchmark, one line each.</summary>
public static class BenchmarkRegistry
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new Coding.ReedSolomonBenchmark(),
        new Flow.UtilisationBenchmark(),
        new Queueing.PoolSimulation(),
        new Simulation.BroadcastDeliveries(),
        new Simulation.EventQueueHold(),
        new Information.ZstdThroughput(),
        new Information.ContextTreeRate(),
        new Shell.ShellBenchmark(),
    ];
}
