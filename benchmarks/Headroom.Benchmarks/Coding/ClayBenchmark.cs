using Headroom.Coding.Erasure;
using Headroom.Coding.Erasure.Errors;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// What structure costs in time, on one thread, beside Reed-Solomon of the same shape in the same run: Clay 10+4 with 13 helpers encoded, and one shard rebuilt
/// from a quarter of each; Reed-Solomon with two of fourteen shards wrong from end to end.
/// </summary>
public sealed class ClayBenchmark : IBenchmark
{
    private const int Turns = 15;
    private const int TurnBytes = 16 << 20;
    private const int LinesApart = 17;
    private const int Lost = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => "coding/clay-10-4";

    public IEnumerable<BenchmarkResult> Run() => [.. Compare("64KiB", 1 << 16), .. Compare("1MiB", 1 << 20), .. Compare("4MiB", 1 << 22), CorrectTwo(1 << 20)];

    /// <summary>On the same data, which both codes store as they are; each has parities of its own.</summary>
    private IEnumerable<BenchmarkResult> Compare(string size, int shardBytes)
    {
        ErasureCode clay = new ClayCode(10, 4);
        ErasureCode rs = new ReedSolomonCode(10, 4);
        Memory<byte>[] clayShards = new ShardBuffers(14, shardBytes, LinesApart, filled: 10).Shards;
        Memory<byte>[] rsShards = [.. clayShards[..10], .. new ShardBuffers(4, shardBytes, LinesApart, filled: 0).Shards];
        clay.Encode(clayShards);
        rs.Encode(rsShards);
        RepairPlan clayPlan = Plan(clay, clayShards);
        RepairPlan rsPlan = Plan(rs, rsShards);
        int repeats = Math.Max(1, TurnBytes / shardBytes / 10);
        Action[] contestants = [() => Repeat(() => clay.Encode(clayShards)), () => Repeat(() => rs.Encode(rsShards)), () => Repeat(() => clayPlan.Run(clayShards)), () => Repeat(() => rsPlan.Run(rsShards))];
        Interleaved.Warm(WarmUp, contestants);
        double[] seconds = Interleaved.BestSeconds(Turns, contestants);
        double rebuilt = (double)repeats * shardBytes / 1e9;
        yield return new BenchmarkResult($"{Name}-encode-{size}", 10 * rebuilt / seconds[0], "GB/s of data", seconds[1] / seconds[0], $"rs(10,4), {10 * rebuilt / seconds[1]:0.0} GB/s");
        yield return new BenchmarkResult($"{Name}-repair-{size}", rebuilt / seconds[2], "GB/s rebuilt", seconds[3] / seconds[2],
            $"rs(10,4), {rebuilt / seconds[3]:0.0} GB/s from 10 bytes read a byte instead of 3.25", 0.5);

        void Repeat(Action action)
        {
            for (int i = 0; i < repeats; i++)
            {
                action();
            }
        }
    }

    private static BenchmarkResult CorrectTwo(int shardBytes)
    {
        ErasureCode rs = new ReedSolomonCode(10, 4);
        Memory<byte>[] rsShards = Striping.Encode(rs, Random(10 * shardBytes));
        byte[] noise = Random(shardBytes);
        _ = ErrorCorrection.TryOf(rs, out ErrorCorrection? correction, out _);
        byte[][] right = [.. rsShards.Select(shard => shard.ToArray())];
        Correct();
        if (!rsShards.Zip(right).All(pair => pair.First.Span.SequenceEqual(pair.Second)))
        {
            throw new InvalidOperationException("wrong bytes were left");
        }

        double[] seconds = Interleaved.BestSeconds(Turns, () => rs.Encode(rsShards), Correct);
        double bytes = 10.0 * shardBytes / 1e9;
        return new BenchmarkResult("coding/rs-10-4-two-wrong", bytes / seconds[1], "GB/s of data", seconds[0] / seconds[1], "encoding");

        void Correct()
        {
            for (int i = 0; i < shardBytes; i++)
            {
                rsShards[2].Span[i] ^= noise[i];
                rsShards[12].Span[i] ^= noise[i];
            }

            _ = correction!.Correct(rsShards);
        }
    }

    private static RepairPlan Plan(ErasureCode code, Memory<byte>[] shards)
    {
        var plan = (RepairPlan)code.PlanRepair([Lost], [.. Enumerable.Range(0, code.TotalShards).Where(shard => shard != Lost)]);
        byte[] before = shards[Lost].ToArray();
        shards[Lost].Span.Clear();
        plan.Run(shards);
        return shards[Lost].Span.SequenceEqual(before) ? plan : throw new InvalidOperationException($"{code} rebuilt shard {Lost} wrongly");
    }

    private static byte[] Random(int bytes)
    {
        RandomStream random = new Seed(1).Named("clay benchmark").Stream();
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            content[i] = (byte)random.NextUInt64();
        }

        return content;
    }
}
