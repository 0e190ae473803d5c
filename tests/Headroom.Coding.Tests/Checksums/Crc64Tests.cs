using Headroom.Coding.Checksums;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Checksums;

public sealed class Crc64Tests
{
    /// <summary>The check value of the catalogue of parametrised CRC algorithms, CRC-64/NVME.</summary>
    [Fact]
    public void TheCheckValueIsTheCatalogues() => Crc64.Of("123456789"u8).ShouldBe(0xAE8B14860A799888);

    [Fact]
    public void VectorsAndTablesAgreeAtEveryLengthAndOffset()
    {
        RandomStream random = new Seed(64).Named("crc").Stream();
        byte[] bytes = [.. Enumerable.Range(0, 2600).Select(_ => (byte)random.NextUInt64())];
        for (int length = 0; length <= 2590; length += length < 300 ? 1 : 7)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(length % 9, length);
            Crc64.Append(77, part).ShouldBe(Crc64.AppendScalar(77, part), $"length {length}");
        }
    }

    [Fact]
    public void PartsGiveTheChecksumOfTheWhole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i))];
        foreach (int cut in (int[])[0, 1, 8, 500, 1024, 2999, 3000])
        {
            Crc64.Append(Crc64.Of(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)).ShouldBe(Crc64.Of(bytes));
        }
    }
}
