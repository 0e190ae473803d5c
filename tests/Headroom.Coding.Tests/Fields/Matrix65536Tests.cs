using Headroom.Coding.Fields;

namespace Headroom.Coding.Tests.Fields;

public sealed class Matrix65536Tests
{
    /// <summary>A Cauchy code of 300 shards, which GF(2^8) has no room for: 280 of data, 20 parities, the loss of the first twenty.</summary>
    [Fact]
    public void ThreeHundredShardsDecodeFromTwoHundredAndEighty()
    {
        const int Data = 280;
        const int Parities = 20;
        const int Bytes = 64;
        var parity = new Matrix65536(Parities, Data, (i, j) => GaloisField65536.Inverse((ushort)((Data + i) ^ j)));
        byte[][] data = [.. Enumerable.Range(0, Data).Select(j => KernelDigest.Bytes(Bytes, (ulong)j))];
        Memory<byte>[] parities = [.. Enumerable.Range(0, Parities).Select(_ => (Memory<byte>)new byte[Bytes])];
        parity.Kernel.Apply([.. data.Select(shard => (ReadOnlyMemory<byte>)shard)], parities, 0, Bytes);

        // What the parities hold of the lost shards, and then those.
        var lost = new Matrix65536(Parities, Parities, (i, j) => parity[i, j]);
        var rest = new Matrix65536(Parities, Data - Parities, (i, j) => parity[i, Parities + j]);
        rest.Kernel.AddTo([.. data.Skip(Parities).Select(shard => (ReadOnlyMemory<byte>)shard)], parities, 0, Bytes);
        lost.TryInvert(out Matrix65536? inverse).ShouldBeTrue();
        Memory<byte>[] decoded = [.. Enumerable.Range(0, Parities).Select(_ => (Memory<byte>)new byte[Bytes])];
        inverse!.Kernel.Apply([.. parities.Select(shard => (ReadOnlyMemory<byte>)shard)], decoded, 0, Bytes);
        for (int j = 0; j < Parities; j++)
        {
            decoded[j].Span.SequenceEqual(data[j]).ShouldBeTrue($"shard {j}");
        }
    }

    [Fact]
    public void TheInverseTimesTheMatrixIsTheIdentity()
    {
        var matrix = new Matrix65536(40, 40, (i, j) => GaloisField65536.Inverse((ushort)((1000 + i) ^ j)));
        matrix.TryInvert(out Matrix65536? inverse).ShouldBeTrue();
        Matrix65536 product = inverse!.Multiply(matrix);
        for (int i = 0; i < 40; i++)
        {
            product.Row(i).ToArray().ShouldBe(Matrix65536.Identity(40).Row(i).ToArray());
        }

        matrix.Rank().ShouldBe(40);
        matrix.Select([0, 1, 1]).Rank().ShouldBe(2);
        new Matrix65536(2, 2, (_, _) => 7).TryInvert(out _).ShouldBeFalse();
    }
}
