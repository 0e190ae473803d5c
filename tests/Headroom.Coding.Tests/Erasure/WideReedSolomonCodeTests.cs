using Headroom.Coding.Erasure;
using Headroom.Coding.Tests.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Erasure;

public sealed class WideReedSolomonCodeTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 2)]
    [InlineData(5, 5)]
    [InlineData(6, 0)]
    public void EveryLossOfSmallOnesIsRebuilt(int k, int m)
    {
        var code = new WideReedSolomonCode(k, m);
        Memory<byte>[] encoded = Striping.Encode(code, KernelDigest.Bytes((14 * k) - 1, 5));
        ErasureContract.CheckEveryLoss(code, encoded, k + m).Rebuilt.ShouldBe((int)Enumerable.Range(0, m + 1).Sum(losses => Subsets.Count(k + m, losses)));
    }

    /// <summary>Past 256 shards: as many lost as there are parities, at random; the elements' upper bytes are in use.</summary>
    [Theory]
    [InlineData(250, 60)]
    [InlineData(40, 500)]
    [InlineData(600, 20)]
    public void PastTheSmallFieldAnyLossOfAllParitiesIsRebuilt(int k, int m)
    {
        var code = new WideReedSolomonCode(k, m);
        byte[] content = KernelDigest.Bytes(6 * k, 5);
        Memory<byte>[] encoded = Striping.Encode(code, content);
        RandomStream random = new Seed(2).Named(code.Name).Stream();
        int[] order = [.. Enumerable.Range(0, k + m)];
        for (int trial = 0; trial < 2; trial++)
        {
            random.Shuffle<int>(order);
            ErasureContract.CheckPlan((RepairPlan)code.PlanRepair(order[..m], order[m..]), encoded);
            code.PlanRepair(order[..(m + 1)], order[(m + 1)..]).ShouldBeOfType<Unrecoverable>().Suffices.Count.ShouldBe(1);
        }
    }

    /// <summary>The inverse coefficients are inverses: (1/e) e x = x for x = 1, y and the sum, by arithmetic on pairs apart from the code's.</summary>
    [Fact]
    public void CoefficientsAreInversesInTheTowerField()
    {
        var code = new WideReedSolomonCode(300, 1);
        byte root = RootOf(code);
        for (int j = 0; j < 300; j++)
        {
            int element = 300 ^ j;
            (byte a, byte b) = (code.Generator[600, 2 * j], code.Generator[601, 2 * j]);
            Product(a, b, (byte)element, (byte)(element >> 8), root).ShouldBe((1, 0), $"1/({element})");
            Product(a, b, 0, 1, root).ShouldBe((code.Generator[600, (2 * j) + 1], code.Generator[601, (2 * j) + 1]));
        }
    }

    [Theory]
    [InlineData("rs(250,10)", null, "rs of 260 shards: the field GF(256) has room for 256")]
    [InlineData("rs(250,10,wide)", "rs(250,10,wide)", null)]
    [InlineData("rs(60000,6000,wide)", null, "room for 65536")]
    [InlineData("rs(9000,1000,wide)", null, "has 10000 x 9000 coefficients")]
    [InlineData("rs(2000,900,wide)", null, "1800000 of parities")]
    [InlineData("rs(0,900,wide)", null, "at least one data shard")]
    public void WideCodesAreReadByName(string text, string? name, string? problem)
    {
        StorageCodes.TryParse(text, out ErasureCode? code, out string? why).ShouldBe(name is not null, why);
        (code?.Name).ShouldBe(name);
        (why ?? "").ShouldContain(problem ?? "");
    }

    /// <summary>b c from a row whose b is known: entry (0, 1) is b c.</summary>
    private static byte RootOf(WideReedSolomonCode code) => (byte)Enumerable.Range(1, 255).Single(c => Slow(code.Generator[601, 0], (byte)c) == code.Generator[600, 1]);

    private static (int Low, int High) Product(byte a, byte b, byte u, byte v, byte c) =>
        (Slow(a, u) ^ Slow(c, (byte)Slow(b, v)), Slow(a, v) ^ Slow(b, u) ^ Slow(b, v));

    /// <summary>Carry-less multiplication and reduction by 0x11D, bit by bit.</summary>
    private static int Slow(byte x, byte y)
    {
        int product = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            product ^= ((y >> bit) & 1) == 1 ? x << bit : 0;
        }

        for (int bit = 14; bit >= 8; bit--)
        {
            product ^= ((product >> bit) & 1) == 1 ? 0x11D << (bit - 8) : 0;
        }

        return product;
    }
}
