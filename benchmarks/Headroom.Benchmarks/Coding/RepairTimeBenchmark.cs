using Headroom.Coding.Erasure;
using Headroom.Coding.Repairs;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// A lost shard of 64 MB from end to end: processes on the simulator ask for what Clay(10,4,13) reads, disks of 2 GB/s and links of each speed bring it, and the rebuilt bytes are compared with the lost ones.
/// Computing takes what it takes on this machine, measured just before. Beside it RS(10,4) on the same machines.
/// </summary>
public sealed class RepairTimeBenchmark : IBenchmark
{
    private const int Turns = 20;

    public string Name => "coding/repair-over-network";

    public IEnumerable<BenchmarkResult> Run()
    {
        ErasureCode[] codes = [new ClayCode(10, 4, 13), new ReedSolomonCode(10, 4)];
        double[] rates = Rates(codes);
        foreach (double gigabits in (double[])[1, 10, 25])
        {
            double[] seconds = [.. codes.Zip(rates, (code, rate) => Seconds(Options(code) with { BandwidthBps = gigabits * 1e9, RebuildBytesPerSecond = rate }))];
            yield return new BenchmarkResult($"{Name}-{gigabits}Gbit", 64e6 / 1e6 / seconds[0], "MB/s rebuilt", seconds[1] / seconds[0],
                $"RS(10,4) in {seconds[1] * 1e3:0} ms; computing at {rates[0] / 1e9:0.00} and {rates[1] / 1e9:0.00} GB/s", gigabits <= 10 ? 1 : null);
        }
    }

    private static double Seconds(ShardRepairOptions options) => SimulatedShardRepair.Run(options, new ShardStripes(options, new Seed(1)), new Seed(1)).Seconds;

    private static ShardRepairOptions Options(ErasureCode code) => new() { Code = code, ShardBytes = 64_000_000, BandwidthBps = 1e9, DiskBytesPerSecond = 2e9 };

    private static double[] Rates(ErasureCode[] codes)
    {
        Action[] contestants = [.. codes.Select(Rebuilding)];
        Interleaved.Warm(TimeSpan.FromSeconds(1), contestants);
        return [.. Interleaved.BestSeconds(Turns, contestants).Zip(codes, (seconds, code) => Options(code).ExactBlockBytes / seconds)];
    }

    private static Action Rebuilding(ErasureCode code)
    {
        ShardRepairOptions options = Options(code);
        var stripes = new ShardStripes(options with { ShardBytes = options.ExactBlockBytes }, new Seed(1));
        ShardLoad load = ShardLoad.Of(options with { ShardBytes = options.ExactBlockBytes }, stripes);
        ReadOnlyMemory<byte>[] messages = [.. Enumerable.Range(0, load.Helpers).Select(helper => load.Message(0, helper))];
        RepairPlan plan = ShardLoad.PlanOf(options);
        byte[] lost = new byte[options.ExactBlockBytes];
        return () => plan.Rebuild(messages, [lost]);
    }
}
