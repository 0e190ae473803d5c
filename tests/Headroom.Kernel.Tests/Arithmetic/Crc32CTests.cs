using System.Numerics;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Kernel.Tests.Arithmetic;

public sealed class Crc32CTests
{
    [Fact]
    public void TheChecksumIsCastagnolis() => Crc32C.Of("123456789"u8).ShouldBe(0xE3069283u);

    /// <summary>Around every number of the three parts' lengths of 1024, and wherever the input begins.</summary>
    [Fact]
    public void ThreePartsSideBySideGiveWhatOneByteAfterTheOtherGives()
    {
        const int Stride = 1024;
        RandomStream random = new Seed(1).Named("crc").Stream();
        byte[] bytes = new byte[(9 * Stride) + 64];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.Below(256);
        }

        for (int trial = 0; trial < 600; trial++)
        {
            int around = (trial % 10 * Stride) + random.Below(35) - 17;
            int length = Math.Clamp(trial % 3 == 0 ? random.Below(bytes.Length) : around, 0, bytes.Length - 40);
            ReadOnlySpan<byte> part = bytes.AsSpan(random.Below(40), length);
            uint crc = uint.MaxValue;
            foreach (byte value in part)
            {
                crc = BitOperations.Crc32C(crc, value);
            }

            Crc32C.Of(part).ShouldBe(~crc, $"{length} bytes");
        }
    }
}
