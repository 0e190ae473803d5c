using Headroom.Information.Estimation;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Information.Tests.Estimation;

public sealed class ByteEntropyTests
{
    [SharedDataTheory("entropy/truerand_8bit.bin")]
    [InlineData("truerand_8bit", 7.8651180028995897)]
    [InlineData("normal", 5.6221552772047749)]
    [InlineData("biased-random-bits", 0.0286330697814647)]
    public void MostCommonValueAgreesWithTheReferenceResultsOfNist(string name, double expected)
    {
        byte[] data = File.ReadAllBytes(SharedData.PathOf($"entropy/{name}.bin"));
        ByteEntropy.MostCommonValue(ByteEntropy.Counts(data)).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void PlugInIsTheEntropyOfTheFrequencies()
    {
        ByteEntropy.PlugIn("aabb"u8).ShouldBe(1);
        ByteEntropy.PlugIn("abcdabcd"u8).ShouldBe(2);
        ByteEntropy.PlugIn(ByteEntropy.Counts([])).ShouldBe(0);
        ByteEntropy.MillerMadow(ByteEntropy.Counts([])).ShouldBe(0);
        ByteEntropy.MostCommonValue(ByteEntropy.Counts([])).ShouldBe(0);
    }

    [Fact]
    public void MillerAndMadowRemoveMostOfTheBias()
    {
        RandomStream random = new Seed(1).Named("bias").Stream();
        double plugIn = 0;
        double corrected = 0;
        const int Runs = 200;
        for (int run = 0; run < Runs; run++)
        {
            long[] counts = new long[64];
            for (int i = 0; i < 300; i++)
            {
                counts[random.Below(64)]++;
            }

            plugIn += ByteEntropy.PlugIn(counts) / Runs;
            corrected += ByteEntropy.MillerMadow(counts) / Runs;
        }

        // The truth is 6 bits; the bias of the plug-in is about 63/600 nats = 0.15 bits.
        (6 - plugIn).ShouldBeInRange(0.13, 0.19);
        Math.Abs(6 - corrected).ShouldBeLessThan(0.03);
    }
}
