namespace Headroom.Benchmarks;

/// <summary>Every benchmark, one line each.</summary>
public static class BenchmarkRegistry
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new Coding.ClayBenchmark(),
        new Coding.ReedSolomonBenchmark(10, 4),
        new Coding.ReedSolomonBenchmark(6, 3),
        new Coding.ReedSolomonBenchmark(17, 3),
        new Coding.ReedSolomonBenchmark(50, 20),
        new Coding.LocalRepairBenchmark(),
        new Coding.SixteenBitBenchmark(),
        new Coding.ShardStreamBenchmark(),
        new Coding.RepairTimeBenchmark(),
        new Consensus.LinearizabilityBenchmark(),
        new Consensus.RaftCommands(),
        new Dissemination.AntiEntropyCost(),
        new Dissemination.PushPullMillion(),
        new Flow.UtilisationBenchmark(),
        new Queueing.PoolSimulation(),
        new Simulation.BroadcastDeliveries(),
        new Simulation.EventQueueHold(),
        .. from members in new[] { 100_000, 1_000_000, 10_000_000 }
           from isRegular in new[] { false, true }
           select new Simulation.BroadcastScale(isRegular, members),
        new Information.ZstdThroughput(),
        new Information.ContextTreeRate(),
        new Lab.DurableCommits(),
        new Lab.MaelstromRouter(),
        new Lab.MaelstromPublished(),
        new Shell.ShellBenchmark(),
    ];
}
