using System.Diagnostics;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Tests.Fields;

public sealed class GaloisField256Tests
{
    [Fact]
    public void ProductsAreThoseOfPolynomialsModulo11D()
    {
        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
            {
                GaloisField256.Multiply((byte)a, (byte)b).ShouldBe(SchoolProduct(a, b));
            }
        }
    }

    [Fact]
    public void EveryElementButZeroHasItsInverse()
    {
        for (int a = 1; a < 256; a++)
        {
            GaloisField256.Multiply((byte)a, GaloisField256.Inverse((byte)a)).ShouldBe((byte)1);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => GaloisField256.Inverse(0));
    }

    [Fact]
    public void TheVectorPathAgreesWithTheScalarOneAtEveryLengthAndOffset()
    {
        byte[] source = Bytes(200, 1);
        foreach (byte coefficient in (byte[])[0, 1, 2, 29, 128, 255])
        {
            for (int length = 0; length <= KernelDigest.LengthMax; length++)
            {
                for (int offset = 0; offset < 3; offset++)
                {
                    byte[] fast = Bytes(200, 2);
                    byte[] slow = Bytes(200, 2);
                    GaloisField256.MultiplyAdd(coefficient, source.AsSpan(offset, length), fast.AsSpan(offset, length));
                    GaloisField256.MultiplyAddScalar(coefficient, source.AsSpan(offset, length), slow.AsSpan(offset, length));
                    fast.ShouldBe(slow);
                }
            }
        }
    }

    /// <summary>The same kernels in a process of their own without hardware intrinsics: the same bytes.</summary>
    [Fact]
    public void KernelsGiveTheSameBytesWithIntrinsicsOff()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(KernelDigest).Assembly.Location, KernelDigest.Command },
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0" },
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit(30_000).ShouldBeTrue();
        output.ShouldBe($"{KernelDigest.OfKernels()} vectors off");
    }

    private static byte SchoolProduct(int a, int b)
    {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--)
        {
            product <<= 1;
            product ^= (product & 0x100) != 0 ? 0x11D : 0;
            product ^= ((b >> bit) & 1) != 0 ? a : 0;
        }

        return (byte)product;
    }

    private static byte[] Bytes(int count, ulong seed) => KernelDigest.Bytes(count, seed);
}
