using Headroom.Coding.Erasure;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Benchmarks.Coding;

/// <summary>
/// Reed-Solomon k+m on one thread: bytes of data encoded (by the code, and by its kernel alone), and decoded after the loss of the first m data shards, per second. Beside them, in the same turns:
/// ISA-L on the same shards with the same matrix; as many affine transforms on registers as the encoding has; and the shards of data read once, as their exclusive
/// or, of which k/(k+m) is what a machine that writes m shards as fast as it reads them could do from memory.
/// </summary>
public sealed class ReedSolomonBenchmark(int dataShards, int parityShards) : IBenchmark
{
    private const int Turns = 40;
    private const int TurnBytes = 32 << 20;
    private const int VectorBytes = 64;
    private const int MemoryShardBytes = 4 << 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => $"coding/rs-{dataShards}-{parityShards}";

    /// <summary>The code whose ratios are goals; the others are printed beside it.</summary>
    private bool HasGoals => (dataShards, parityShards) == (10, 4);

    public IEnumerable<BenchmarkResult> Run()
    {
        if (!IsaLibrary.IsPresent)
        {
            Console.Error.WriteLine($"{Name}: libisal.so.2 is not installed (libisal2): no comparison with it");
        }

        (string Size, int Bytes, double? Goal)[] sizes = [("1KiB", 1 << 10, 2.2), ("32KiB", 1 << 15, 2.2), ("64KiB", 1 << 16, 2.2), ("1MiB", 1 << 20, 2.0), ("4MiB", MemoryShardBytes, null), ("16MiB", 4 * MemoryShardBytes, null)];
        return sizes.SelectMany(size => Compare(size.Size, size.Bytes, size.Goal));
    }

    private IEnumerable<BenchmarkResult> Compare(string size, int shardBytes, double? goal)
    {
        bool inMemory = shardBytes >= MemoryShardBytes;
        var code = new ReedSolomonCode(dataShards, parityShards);
        var buffers = new ShardBuffers(code.TotalShards, shardBytes, LinesApart(shardBytes), filled: dataShards);
        Memory<byte>[] shards = buffers.Shards;
        code.Encode(shards);
        CheckAgainstSingleProducts(code, shards);
        Action<int>? peer = Peer(shardBytes, buffers);

        // Decoding reads what encoding reads and writes where it writes: the last of the data stand for the parities, and the lost shards are those that go with them. So only
        // the matrix differs, and not where in the caches the shards lie.
        var plan = (RepairPlan)code.PlanDecode([.. Enumerable.Range(parityShards, dataShards)]);
        Memory<byte>[] damaged = [.. shards[dataShards..], .. shards[..dataShards]];
        plan.Run(damaged);
        Memory<byte>[] again = [.. damaged[..dataShards], .. new ShardBuffers(parityShards, shardBytes, LinesApart(shardBytes), filled: 0).Shards];
        code.Encode(again);
        ShardBuffers.CheckEqual($"{Name} decoded", again[dataShards..], damaged[dataShards..]);

        int repeats = Math.Max(1, TurnBytes / shardBytes / dataShards);
        long transforms = (long)repeats * dataShards * parityShards * shardBytes / VectorBytes;
        var kernel = new MatrixKernel(code.Generator.Select([.. Enumerable.Range(dataShards, parityShards)]));
        ReadOnlyMemory<byte>[] inputs = [.. shards[..dataShards].Select(shard => (ReadOnlyMemory<byte>)shard)];
        Memory<byte>[] outputs = shards[dataShards..];
        nint[] data = buffers.Addresses[..dataShards];
        nint sum = new ShardBuffers(1, shardBytes, 0, filled: 0).Addresses[0];
        Action[] contestants =
        [
            () => Repeat(repeats, () => code.Encode(shards)),
            () => Repeat(repeats, () => plan.Run(damaged)),
            () => Repeat(repeats, () => MachineLimits.ExclusiveOr(data, sum, shardBytes)),
            () => peer?.Invoke(repeats),
            () => MachineLimits.Affine(MachineLimits.HasAffine ? transforms : 0),
            () => Repeat(repeats, () => kernel.Apply(inputs, outputs, 0, shardBytes)),
        ];
        Interleaved.Warm(WarmUp, contestants);
        double[] seconds = inMemory ? Interleaved.BestProcessorSeconds(Turns, contestants) : Interleaved.BestSeconds(Turns, contestants);
        return Results(size, inMemory, (double)repeats * dataShards * shardBytes / 1e9, seconds, peer is not null, goal);
    }

    private IEnumerable<BenchmarkResult> Results(string size, bool inMemory, double gigabytes, double[] seconds, bool hasPeer, double? peerGoal)
    {
        const string Unit = "GB/s of data";
        double rate = gigabytes / seconds[0];
        double share = (double)dataShards / (dataShards + parityShards);
        if (hasPeer)
        {
            yield return new BenchmarkResult($"{Name}-kernel-{size}", gigabytes / seconds[5], Unit, seconds[3] / seconds[5], $"libisal, {gigabytes / seconds[3]:0.0} GB/s", HasGoals ? peerGoal : null);
            yield return new BenchmarkResult($"{Name}-encode-{size}", rate, Unit, seconds[3] / seconds[0], $"libisal, {gigabytes / seconds[3]:0.0} GB/s", HasGoals ? peerGoal : null);
        }

        if (!inMemory && MachineLimits.HasAffine)
        {
            yield return new BenchmarkResult($"{Name}-encode-{size}", rate, Unit, seconds[4] / seconds[0],
                $"its affine transforms alone, {gigabytes / seconds[4]:0.0} GB/s", HasGoals && size == "32KiB" ? 0.9 : null);
        }

        yield return new BenchmarkResult($"{Name}-encode-{size}", rate, Unit, seconds[2] / seconds[0] / share,
            $"k/(k+m) of the read bandwidth, {share:0.00} x {gigabytes / seconds[2]:0.0} GB/s", HasGoals && inMemory ? 0.9 : null);
        yield return new BenchmarkResult($"{Name}-decode-{size}", gigabytes / seconds[1], Unit, seconds[0] / seconds[1], "encode", HasGoals ? 0.95 : null);
    }

    /// <summary>ISA-L on the same shards, after a look that it makes the same parities; null without it.</summary>
    private Action<int>? Peer(int shardBytes, ShardBuffers buffers)
    {
        if (!IsaLibrary.IsPresent)
        {
            return null;
        }

        // Parities of its own: ours are stored past the caches, which would have to give up what it left there first.
        var parities = new ShardBuffers(parityShards, shardBytes, LinesApart(shardBytes), filled: 0);
        Action<int> encoder = IsaLibrary.Encoder(dataShards, parityShards, shardBytes, [.. buffers.Addresses[..dataShards], .. parities.Addresses]);
        encoder(1);
        ShardBuffers.CheckEqual($"{Name} against libisal", parities.Shards, buffers.Shards[dataShards..]);
        return encoder;
    }

    private static int LinesApart(int shardBytes) => shardBytes >= MemoryShardBytes ? 5 : 17;

    private static void Repeat(int times, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static void CheckAgainstSingleProducts(ErasureCode code, Memory<byte>[] shards)
    {
        for (int parity = code.DataShards; parity < code.TotalShards; parity++)
        {
            for (int at = 0; at < shards[0].Length; at += at < 4096 ? 1 : 4099)
            {
                byte expected = 0;
                for (int j = 0; j < code.DataShards; j++)
                {
                    expected ^= GaloisField256.Multiply(code.Generator[parity, j], shards[j].Span[at]);
                }

                if (shards[parity].Span[at] != expected)
                {
                    throw new InvalidOperationException($"{code}: parity {parity} differs at byte {at}");
                }
            }
        }
    }
}
