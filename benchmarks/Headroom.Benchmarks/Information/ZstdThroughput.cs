using Headroom.Information.Codecs;

namespace Headroom.Benchmarks.Information;

/// <summary>
/// zstd through P/Invoke beside a copy of the same bytes. The goals are half of lzbench's shares on Silesia, one core of an EPYC 9554 with the library linked in:
/// 422 and 1,347 MB/s at level 1 against 16.3 GB/s of memcpy. Half, because these lines are other data and this machine another.
/// </summary>
internal sealed class ZstdThroughput : IBenchmark
{
    private const int Bytes = 8 << 20;

    public string Name => "information/zstd";

    public IEnumerable<BenchmarkResult> Run()
    {
        if (!ZstdLibrary.IsAvailable)
        {
            yield break;
        }

        byte[] data = LogLines.Make(Bytes);
        byte[] copy = new byte[Bytes];
        foreach (int level in new[] { 1, 3 })
        {
            using var codec = new ZstdCodec(level);
            byte[] packed = new byte[codec.BoundOf(Bytes)];
            int length = codec.Compress(data, packed);
            byte[] back = new byte[Bytes];
            if (codec.Decompress(packed.AsSpan(0, length), back) != Bytes || !back.AsSpan().SequenceEqual(data))
            {
                throw new InvalidOperationException($"{codec.Name} did not give back its input");
            }

            double[] seconds = Interleaved.BestSeconds(5,
                () => data.CopyTo(copy, 0),
                () => codec.Compress(data, packed),
                () => codec.Decompress(packed.AsSpan(0, length), back));
            yield return new BenchmarkResult($"{Name}-{level}-compress", Bytes / seconds[1] / 1e6, "MB/s", seconds[0] / seconds[1], "memcpy", level == 1 ? 0.5 * 422 / 16_300 : null);
            yield return new BenchmarkResult($"{Name}-{level}-decompress", Bytes / seconds[2] / 1e6, "MB/s", seconds[0] / seconds[2], "memcpy", level == 1 ? 0.5 * 1_347 / 16_300 : null);
        }
    }
}
