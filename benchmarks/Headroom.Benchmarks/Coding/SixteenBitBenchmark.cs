using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Benchmarks.Coding;

/// <summary>Ten inputs to four outputs over GF(2^16), beside the same over GF(2^8): a product of two bytes is four of one, so half the rate is what is to be had.</summary>
public sealed class SixteenBitBenchmark : IBenchmark
{
    private const int Inputs = 10;
    private const int Outputs = 4;
    private const int Turns = 40;
    private const int Repeats = 10;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => "coding/gf65536-10-4";

    public IEnumerable<BenchmarkResult> Run()
    {
        const int ShardBytes = 1 << 16;
        var buffers = new ShardBuffers(Inputs + Outputs, ShardBytes, linesApart: 17, filled: Inputs);
        ReadOnlyMemory<byte>[] inputs = [.. buffers.Shards[..Inputs].Select(shard => (ReadOnlyMemory<byte>)shard)];
        Memory<byte>[] outputs = buffers.Shards[Inputs..];
        MatrixKernel wide = MatrixKernel.Of<GaloisField65536, ushort>(Outputs, Inputs, (i, j) => GaloisField65536.Inverse((ushort)((Inputs + i) ^ j)));
        MatrixKernel narrow = MatrixKernel.Of<GaloisField256, byte>(Outputs, Inputs, (i, j) => GaloisField256.Inverse((byte)((Inputs + i) ^ j)));
        wide.Apply(inputs, outputs, 0, ShardBytes);
        for (int at = 0; at < ShardBytes; at += 2)
        {
            ushort sum = 0;
            for (int j = 0; j < Inputs; j++)
            {
                sum ^= GaloisField65536.Multiply(GaloisField65536.Inverse((ushort)(Inputs ^ j)), BitConverter.ToUInt16(inputs[j].Span[at..]));
            }

            if (BitConverter.ToUInt16(outputs[0].Span[at..]) != sum)
            {
                throw new InvalidOperationException($"{Name}: output 0 differs at byte {at}");
            }
        }

        Action[] contestants = [() => Apply(wide), () => Apply(narrow)];
        Interleaved.Warm(WarmUp, contestants);
        double[] seconds = Interleaved.BestSeconds(Turns, contestants);
        double gigabytes = (double)Repeats * Inputs * ShardBytes / 1e9;
        yield return new BenchmarkResult($"{Name}-64KiB", gigabytes / seconds[0], "GB/s of data", seconds[1] / seconds[0], $"GF(2^8), {gigabytes / seconds[1]:0.0} GB/s");

        void Apply(MatrixKernel kernel)
        {
            for (int i = 0; i < Repeats; i++)
            {
                kernel.Apply(inputs, outputs, 0, ShardBytes);
            }
        }
    }
}
