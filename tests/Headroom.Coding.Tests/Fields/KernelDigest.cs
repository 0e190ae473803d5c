using System.Security.Cryptography;
using Headroom.Coding.Erasure;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Fields;

/// <summary>
/// What the kernels compute on the machine's best path, as one digest; this assembly prints it, and the path, when it is run as a program, so that a test can
/// run it with fewer instructions.
/// </summary>
public static class KernelDigest
{
    public const string Command = "kernel-digest";

    /// <summary>Twice the width of the widest vector plus one.</summary>
    public const int LengthMax = 129;

    public static int Main(string[] arguments)
    {
        if (arguments is [Command])
        {
            Console.WriteLine($"{OfKernels()} {MatrixKernel.Of<GaloisField256, byte>(1, 1, (_, _) => 2).Path}");
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

        for (int outputs = 1; outputs <= 6; outputs++)
        {
            for (int length = 0; length <= 1026; length += 19)
            {
                Append(all, MatrixKernel.Of<GaloisField256, byte>(outputs, 5, (i, j) => (byte)((i * 53) + (j * 17) + 3)), length);
                Append(all, MatrixKernel.Of<AesField256, byte>(outputs, 5, (i, j) => (byte)((i * 53) + (j * 17) + 3)), length);
                Append(all, MatrixKernel.Of<GaloisField2, byte>(outputs, 5, (i, j) => (byte)((i + j) & 1)), length);
                Append(all, MatrixKernel.Of<GaloisField65536, ushort>(outputs, 5, (i, j) => (ushort)((i * 5557) + (j * 1711) + 3)), length & ~1);
            }
        }

        // Programs of matrices, with whole steps and a tail.
        foreach (int part in (int[])[1, 128, 300])
        {
            var code = new ClayCode(4, 3, 5);
            foreach (Memory<byte> shard in Striping.Encode(code, Bytes(code.DataSubshards * part, 5)))
            {
                all.AppendData(shard.Span);
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

    private static void Append(IncrementalHash all, MatrixKernel kernel, int length)
    {
        ReadOnlyMemory<byte>[] inputs = [.. Enumerable.Range(0, kernel.Inputs).Select(j => (ReadOnlyMemory<byte>)Bytes(length, (ulong)j))];
        Memory<byte>[] outputs = [.. Enumerable.Range(0, kernel.Outputs).Select(_ => (Memory<byte>)new byte[length])];
        kernel.Apply(inputs, outputs, 0, length);
        kernel.AddTo(inputs.AsSpan(), outputs, 0, length & ~3);
        foreach (Memory<byte> output in outputs)
        {
            all.AppendData(output.Span);
        }
    }
}
