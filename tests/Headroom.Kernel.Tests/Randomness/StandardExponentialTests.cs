using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Kernel.Tests.Randomness;

public class StandardExponentialTests
{
    [Fact]
    public void ItIsMinusTheLogarithmOfTheUniformVariate()
    {
        RandomStream random = new Seed(5).Stream();
        for (int i = 0; i < 200_000; i++)
        {
            // All magnitudes: as many leading zeros as they come, and more.
            ulong bits = random.NextUInt64() >> (i % 40);
            double u = ((bits >> 11) + 1) * (1.0 / (1UL << 53));
            double error = StandardExponential.Of(bits) + Elementary.Log(u);
            Math.Abs(error).ShouldBeLessThan(Math.ScaleB(1, u > 0.0068 ? -49 : -46), $"{bits}");
        }
    }

    [Theory]
    [InlineData(0xFFFFFFFFFFFFFFFFUL, 0.0)]
    [InlineData(0x7FFFFFFFFFFFFFFFUL, 0.69314718055994529)]
    [InlineData(0UL, 36.7368005696771)]
    [InlineData(0x123456789ABCDEF0UL, 2.6435116799646385)]
    public void SomeBitsAndTheirVariates(ulong bits, double variate) => StandardExponential.Of(bits).ShouldBe(variate, 1e-13);

    [Fact]
    public void ItIsNeverNegative()
    {
        for (ulong i = 0; i < 100_000; i++)
        {
            StandardExponential.Of(ulong.MaxValue - (i << 11)).ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    /// <summary>Kolmogorov's distance of 200,000 variates: below 1.95 / sqrt(n) with probability 0.999; the seed is fixed.</summary>
    [Fact]
    public void ConsecutiveDrawsOfASeedAreExponential()
    {
        const int Count = 200_000;
        var seed = new Seed(11);
        var variates = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            variates[i] = StandardExponential.Of(seed.Draw((ulong)i));
        }

        Array.Sort(variates);
        double distance = 0;
        for (int i = 0; i < Count; i++)
        {
            double below = 1 - Elementary.Exp(-variates[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / Count) - below, below - ((double)i / Count)));
        }

        distance.ShouldBeLessThan(1.95 / Math.Sqrt(Count));
    }

    /// <summary>The first outputs of SplitMix64 from 1234567, as its authors' test values are published.</summary>
    [Theory]
    [InlineData(0, 6457827717110365317UL)]
    [InlineData(1, 3203168211198807973UL)]
    [InlineData(2, 9817491932198370423UL)]
    public void DrawsAreThoseOfSplitMix64(int index, ulong value) => new Seed(1234567).Draw((ulong)index).ShouldBe(value);
}
