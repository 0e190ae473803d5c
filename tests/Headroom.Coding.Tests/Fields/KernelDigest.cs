using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Headroom.Coding.Fields;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Fields;

/// <summary>What the kernels compute, as one digest; this assembly prints it when it is run as a program, so that a test can run it without intrinsics.</summary>
public static class KernelDigest
{
    public const string Command = "kernel-digest";

    /// <summary>Twice the width of the widest vector path (64 bytes where <c>Vector</c> is that wide) plus one.</summary>
    public const int LengthMax = 129;

    public static int Main(string[] arguments)
    {
        if (arguments is [Command])
        {
            Console.WriteLine($"{OfKernels()} vectors {(Vector128.IsHardwareAccelerated ? "on" : "off")}");
        }

        return 0;
    }

    public static string OfKernels()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] source = Bytes(LengthMax, 3);
        for (int coefficient = 0; coefficient < 256; coefficient++)
        {
            for (int length = 0; length <= LengthMax; length++)
            {
                byte[] target = Bytes(length, 4);
                GaloisField256.MultiplyAdd((byte)coefficient, source.AsSpan(0, length), target);
                all.AppendData(target);
            }
        }

        return Convert.ToHexString(all.GetHashAndReset());
    }

    public static byte[] Bytes(int count, ulong seed)
    {
        RandomStream random = new Seed(seed).Named("bytes").Stream();
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)random.Below(256);
        }

        return bytes;
    }
}
