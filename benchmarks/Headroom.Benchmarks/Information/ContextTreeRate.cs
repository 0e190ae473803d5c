using Headroom.Information.Codecs;
using Headroom.Information.ContextTrees;

namespace Headroom.Benchmarks.Information;

/// <summary>Context-tree weighting as the reference uses it, beside Brotli's slowest level: what a reference may cost to compute.</summary>
internal sealed class ContextTreeRate : IBenchmark
{
    private const int Bytes = 1 << 18;

    public string Name => "information/context-tree";

    public IEnumerable<BenchmarkResult> Run()
    {
        byte[] data = LogLines.Make(Bytes);
        using var codec = new ContextTreeCodec(ContextTreeReference.Options);
        using var brotli = new BrotliCodec(11);
        byte[] packed = new byte[Math.Max(codec.BoundOf(Bytes), brotli.BoundOf(Bytes))];
        int length = codec.Compress(data, packed);
        byte[] back = new byte[Bytes];
        codec.Decompress(packed.AsSpan(0, length), back);
        double ideal = CodeLength.OfBits(new ContextTree(ContextTreeReference.Options), data);
        if (!back.AsSpan().SequenceEqual(data) || 8.0 * length > (ideal * 1.0001) + 72)
        {
            throw new InvalidOperationException("the arithmetic coder does not reach the ideal code length");
        }

        double[] seconds = Interleaved.BestSeconds(3,
            () => brotli.Compress(data, packed),
            () => CodeLength.OfBits(new ContextTree(ContextTreeReference.Options), data),
            () => codec.Compress(data, packed));
        yield return new BenchmarkResult($"{Name}-code-length", Bytes / seconds[1] / 1e3, "kB/s", seconds[0] / seconds[1], "brotli(11)", 0.5);
        yield return new BenchmarkResult($"{Name}-encode", Bytes / seconds[2] / 1e3, "kB/s", seconds[0] / seconds[2], "brotli(11)");
        yield return new BenchmarkResult($"{Name}-size", 8.0 * length / Bytes, "bit/B", length / (double)brotli.Compress(data, packed), "brotli(11)", 1, GoalIsAtMost: true);
    }
}
