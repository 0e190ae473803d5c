using System.Numerics;
using Headroom.Coding.Erasure;
using Headroom.Coding.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// Reed-Solomon 10+4: bytes of data encoded, and decoded after the loss of four data shards, per second on one thread. Beside them the physical limit of this
/// machine for the same bytes: reading the ten shards once, as the exclusive or of ten into one.
/// </summary>
public sealed class ReedSolomonBenchmark : IBenchmark
{
    private const int DataShards = 10;
    private const int ParityShards = 4;
    private const int Turns = 15;

    public string Name => "coding/rs-10-4";

    public IEnumerable<BenchmarkResult> Run()
    {
        foreach ((string size, int shardBytes) in ((string, int)[])[("64KiB", 1 << 16), ("1MiB", 1 << 20)])
        {
            var code = new ReedSolomonCode(DataShards, ParityShards);
            Memory<byte>[] shards = RandomShards(code, shardBytes);
            code.Encode(shards);
            CheckAgainstSchoolArithmetic(code, shards);
            Memory<byte>[] damaged = [.. shards.Select((shard, i) => i < ParityShards ? new byte[shardBytes] : shard)];
            var plan = (RepairPlan)code.PlanDecode([.. Enumerable.Range(ParityShards, DataShards)]);
            plan.Run(damaged);
            CheckEqual(damaged, shards);

            byte[] sum = new byte[shardBytes];
            int repeats = (1 << 22) / shardBytes;
            double[] seconds = Interleaved.BestSeconds(Turns,
                () => Repeat(repeats, () => code.Encode(shards)),
                () => Repeat(repeats, () => plan.Run(damaged)),
                () => Repeat(repeats, () => ExclusiveOr(shards, sum)));
            double bytes = (double)repeats * DataShards * shardBytes;
            double limit = bytes / seconds[2] / 1e9;
            string against = $"XOR of the ten shards into one, {limit:0.0} GB/s";
            yield return new BenchmarkResult($"{Name}-encode-{size}", bytes / seconds[0] / 1e9, "GB/s of data", seconds[2] / seconds[0], against);
            yield return new BenchmarkResult($"{Name}-decode-{size}", bytes / seconds[1] / 1e9, "GB/s of data", seconds[0] / seconds[1], "encode", 0.9);
        }
    }

    private static Memory<byte>[] RandomShards(ErasureCode code, int shardBytes)
    {
        RandomStream random = new Seed(1).Named("rs benchmark").Stream();
        var shards = new Memory<byte>[code.TotalShards];
        for (int i = 0; i < shards.Length; i++)
        {
            byte[] shard = new byte[shardBytes];
            for (int j = 0; i < code.DataShards && j < shardBytes; j++)
            {
                shard[j] = (byte)random.NextUInt64();
            }

            shards[i] = shard;
        }

        return shards;
    }

    private static void Repeat(int times, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static void ExclusiveOr(Memory<byte>[] shards, byte[] sum)
    {
        Span<byte> target = sum;
        for (int i = 0; i <= target.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> x = Vector<byte>.Zero;
            for (int shard = 0; shard < DataShards; shard++)
            {
                x ^= new Vector<byte>(shards[shard].Span[i..]);
            }

            x.CopyTo(target[i..]);
        }
    }

    /// <summary>The parities, byte by byte, by single products of the field.</summary>
    private static void CheckAgainstSchoolArithmetic(ErasureCode code, Memory<byte>[] shards)
    {
        for (int parity = DataShards; parity < code.TotalShards; parity++)
        {
            for (int at = 0; at < shards[0].Length; at += 37)
            {
                byte expected = 0;
                for (int j = 0; j < DataShards; j++)
                {
                    expected ^= GaloisField256.Multiply(code.Generator[parity, j], shards[j].Span[at]);
                }

                if (shards[parity].Span[at] != expected)
                {
                    throw new InvalidOperationException($"parity {parity} differs at byte {at}");
                }
            }
        }
    }

    private static void CheckEqual(Memory<byte>[] ours, Memory<byte>[] expected)
    {
        for (int i = 0; i < ours.Length; i++)
        {
            if (!ours[i].Span.SequenceEqual(expected[i].Span))
            {
                throw new InvalidOperationException($"shard {i} was decoded wrongly");
            }
        }
    }
}
