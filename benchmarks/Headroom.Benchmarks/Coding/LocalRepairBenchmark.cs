using Headroom.Coding.Erasure;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// LRC(12,2,2), one data shard lost: bytes read from its group per second, beside the exclusive or of the same six shards into one, which is what the repair is.
/// </summary>
public sealed class LocalRepairBenchmark : IBenchmark
{
    private const int Turns = 40;
    private const int TurnBytes = 6 << 20;
    private const int MemoryShardBytes = 4 << 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => "coding/lrc-12-2-2";

    public IEnumerable<BenchmarkResult> Run()
    {
        foreach ((string size, int shardBytes) in ((string, int)[])[("64KiB", 1 << 16), ("1MiB", 1 << 20), ("4MiB", MemoryShardBytes)])
        {
            var code = new LocallyRepairableCode(12, 2, 2);
            var buffers = new ShardBuffers(code.TotalShards, shardBytes, linesApart: 5, filled: code.DataShards);
            Memory<byte>[] shards = buffers.Shards;
            code.Encode(shards);
            var plan = (RepairPlan)code.PlanRepair([0], [.. Enumerable.Range(1, code.TotalShards - 1)]);
            Memory<byte> lost = new ShardBuffers(1, shardBytes, 0, filled: 0).Shards[0];
            Memory<byte>[] damaged = [lost, .. shards[1..]];
            plan.Run(damaged);
            ShardBuffers.CheckEqual(Name, damaged, shards);

            nint[] group = [.. plan.Helpers.Select(helper => buffers.Addresses[helper.Shard])];
            nint sum = new ShardBuffers(1, shardBytes, 0, filled: 0).Addresses[0];
            int repeats = Math.Max(1, TurnBytes / shardBytes / group.Length);
            Action[] contestants =
            [
                () => Repeat(repeats, () => plan.Run(damaged)),
                () => Repeat(repeats, () => MachineLimits.ExclusiveOr(group, sum, shardBytes)),
            ];
            Interleaved.Warm(WarmUp, contestants);
            double[] seconds = shardBytes >= MemoryShardBytes ? Interleaved.BestProcessorSeconds(Turns, contestants) : Interleaved.BestSeconds(Turns, contestants);
            double gigabytes = (double)repeats * group.Length * shardBytes / 1e9;
            yield return new BenchmarkResult($"{Name}-local-repair-{size}", gigabytes / seconds[0], "GB/s read", seconds[1] / seconds[0],
                $"XOR of {group.Length} shards into one, {gigabytes / seconds[1]:0.0} GB/s", 0.9);
        }
    }

    private static void Repeat(int times, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }
}
