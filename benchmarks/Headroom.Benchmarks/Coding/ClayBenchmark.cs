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
    private const int ShardBytes = 1 << 20;
    private const int Lost = 3;

    public string Name => "coding/clay-10-4";

    public IEnumerable<BenchmarkResult> Run()
    {
        ErasureCode clay = new ClayCode(10, 4);
        ErasureCode rs = new ReedSolomonCode(10, 4);
        Memory<byte>[] clayShards = Striping.Encode(clay, Random(10 * ShardBytes));
        Memory<byte>[] rsShards = Striping.Encode(rs, Random(10 * ShardBytes));
        RepairPlan clayPlan = Plan(clay, clayShards);
        RepairPlan rsPlan = Plan(rs, rsShards);
        byte[] noise = Random(ShardBytes);
        _ = ErrorCorrection.TryOf(rs, out ErrorCorrection? correction, out _);
        byte[][] right = [.. rsShards.Select(shard => shard.ToArray())];
        CorrectTwo();
        if (!rsShards.Zip(right).All(pair => pair.First.Span.SequenceEqual(pair.Second)))
        {
            throw new InvalidOperationException("wrong bytes were left");
        }

        double[] seconds = Interleaved.BestSeconds(9,
            () => clay.Encode(clayShards), () => rs.Encode(rsShards), () => clayPlan.Run(clayShards), () => rsPlan.Run(rsShards), CorrectTwo);
        double bytes = 10.0 * ShardBytes / 1e9;
        double shard = ShardBytes / 1e9;
        yield return new BenchmarkResult($"{Name}-encode", bytes / seconds[0], "GB/s of data", seconds[1] / seconds[0], $"rs(10,4), {bytes / seconds[1]:0.0} GB/s");
        yield return new BenchmarkResult($"{Name}-repair", shard / seconds[2], "GB/s rebuilt", seconds[3] / seconds[2], $"rs(10,4), {shard / seconds[3]:0.0} GB/s from 10 bytes read a byte instead of 3.25");
        yield return new BenchmarkResult("coding/rs-10-4-two-wrong", bytes / seconds[4], "GB/s of data", seconds[1] / seconds[4], "encoding");

        void CorrectTwo()
        {
            for (int i = 0; i < ShardBytes; i++)
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
