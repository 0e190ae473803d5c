using System.Numerics;
using System.Runtime.InteropServices;
using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Fields.Kernels;

/// <summary>Every path of the kernel against sums of single products, which know nothing of it.</summary>
public sealed class MatrixKernelTests
{
    /// <summary>Twice the widest step (512 bytes: one or two outputs by four steps of 128) plus one.</summary>
    private const int LengthMax = 1025;

    /// <summary>Those that this machine has.</summary>
    public static TheoryData<KernelPath> Paths => [.. Enum.GetValues<KernelPath>().Where(path => path <= MatrixKernel.BestPath)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryLengthGivesTheSumsOfProducts(KernelPath path)
    {
        Matrix256 matrix = Random(4, 3, 1);
        for (int length = 0; length <= LengthMax; length++)
        {
            Check(matrix, path, length, offset: length % 5, accumulate: (length & 1) != 0);
            Check(matrix, path, length, offset: 0, accumulate: (length & 1) == 0);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryAlignmentOfInputsAndOutputsGivesTheSame(KernelPath path)
    {
        Matrix256 matrix = Random(5, 2, 2);
        for (int offset = 0; offset < 64; offset++)
        {
            Check(matrix, path, 300, offset, accumulate: false);
            Check(matrix, path, 300, offset, accumulate: true);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryNumberOfOutputsAndInputsGivesTheSame(KernelPath path)
    {
        for (int outputs = 0; outputs <= 9; outputs++)
        {
            for (int inputs = 0; inputs <= 9; inputs++)
            {
                foreach (int length in (int[])[1, 128, 640, 1000])
                {
                    Check(Random(outputs, inputs, 3), path, length, offset: 0, accumulate: false);
                    Check(Random(outputs, inputs, 4), path, length, offset: 1, accumulate: true);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void RowsOfOnesZerosAndBlocksGiveTheSame(KernelPath path)
    {
        Check(new Matrix256(4, 12, (i, j) => j / 3 == i ? (byte)1 : (byte)0), path, 777, 0, false);
        Check(new Matrix256(12, 12, (i, j) => j / 3 == i / 3 ? (byte)((i * 19) + j) : (byte)0), path, 777, 0, false);
        Check(new Matrix256(6, 6, (i, j) => i == 2 ? (byte)0 : i == 4 ? (byte)1 : (byte)(i + (7 * j))), path, 777, 0, false);
        Check(new Matrix256(3, 5, (_, _) => 0), path, 777, 0, false);
        Check(new Matrix256(3, 5, (_, _) => 0), path, 777, 0, true);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryCoefficientMultipliesEveryByte(KernelPath path)
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        for (int coefficient = 0; coefficient < 256; coefficient++)
        {
            byte[] product = new byte[256];
            new MatrixKernel(new Matrix256(1, 1, (_, _) => (byte)coefficient), path).Apply([all], [product], 0, 256);
            product.ShouldBe([.. all.Select(x => GaloisField256.Multiply((byte)coefficient, x))]);
        }
    }

    /// <summary>More rows and columns than one panel, and blocks shorter than the buffers.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void LargeMatricesAndLongBuffersGiveTheSame(KernelPath path)
    {
        Check(Random(3, 600, 5), path, 200, 0, false);
        Check(Random(300, 5, 6), path, 200, 0, true);
        Check(Random(9, 40, 7), path, 30_001, 3, false);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void SixteenBitsAtEveryLengthGiveTheSumsOfProducts(KernelPath path)
    {
        for (int length = 0; length <= LengthMax; length += 2)
        {
            CheckSixteen(1 + (length / 2 % 5), 3, path, length, offset: length % 64, accumulate: length % 4 == 0);
        }

        for (int outputs = 1; outputs <= 9; outputs++)
        {
            CheckSixteen(outputs, 14, path, 1030, offset: 0, accumulate: false);
            CheckSixteen(outputs, 5, path, 1030, offset: 2, accumulate: true);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void SixteenBitCoefficientsMultiplyEveryElement(KernelPath path)
    {
        ushort[] all = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
        foreach (ushort coefficient in (ushort[])[0, 1, 2, 0x100, 0x1234, 0x8000, 0xFFFF])
        {
            ushort[] product = new ushort[65536];
            byte[] bytes = new byte[2 * 65536];
            MatrixKernel.Of<GaloisField65536, ushort>(1, 1, (_, _) => coefficient, path)
                .Apply([MemoryMarshal.AsBytes(all.AsSpan()).ToArray()], [bytes], 0, bytes.Length);
            MemoryMarshal.Cast<byte, ushort>(bytes).CopyTo(product);
            product.SequenceEqual(all.Select(x => GaloisField65536.Multiply(coefficient, x))).ShouldBeTrue($"{coefficient}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void TheOtherFieldsGiveTheSumsOfTheirProducts(KernelPath path)
    {
        RandomStream random = new Seed(5).Named("matrix").Stream();
        byte[,] entries = new byte[7, 20];
        for (int i = 0; i < 140; i++)
        {
            entries[i / 20, i % 20] = (byte)random.Below(256);
        }

        foreach (int length in (int[])[1, 63, 300, 1025])
        {
            Check<AesField256, byte>(7, 20, (i, j) => entries[i, j], path, length, 1, accumulate: false);
            Check<GaloisField2, byte>(7, 20, (i, j) => (byte)(entries[i, j] & 1), path, length, 1, accumulate: true);
        }
    }

    /// <summary>Stores past the caches: aligned outputs and more bytes than they hold.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void LargeAlignedOutputsGiveTheSame(KernelPath path)
    {
        Matrix256 matrix = Random(4, 10, 11);
        int length = (2 << 20) + 77;
        Memory<byte>[] shards = [.. Enumerable.Range(0, 14).Select(i => Aligned(length))];
        for (int j = 0; j < 10; j++)
        {
            KernelDigest.Bytes(4096, 40 + (ulong)j).CopyTo(shards[j]);
            KernelDigest.Bytes(4096, 70 + (ulong)j).CopyTo(shards[j][(length - 4096)..]);
        }

        new MatrixKernel(matrix, path).Apply([.. shards[..10].Select(shard => (ReadOnlyMemory<byte>)shard)], shards.AsSpan(10), 0, length);
        for (int i = 0; i < 4; i++)
        {
            for (int at = 0; at < length; at = at == 4095 ? length - 4096 : at + 1)
            {
                byte sum = 0;
                for (int j = 0; j < 10; j++)
                {
                    sum ^= GaloisField256.Multiply(matrix[i, j], shards[j].Span[at]);
                }

                (shards[10 + i].Span[at] == sum).ShouldBeTrue($"output {i}, byte {at}");
            }
        }
    }

    /// <summary>From a mebibyte on inputs are asked for ahead: as a whole and in parts that are too short for that, the sums are the same.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void WhatIsFarGivesTheSameAsItsParts(KernelPath path)
    {
        const int Inputs = 12;
        const int FarBytes = (1 << 20) / Inputs;
        for (int outputs = 1; outputs <= 6; outputs++)
        {
            CheckParts(new MatrixKernel(Random(outputs, Inputs, 13), path), FarBytes + (37 * outputs), offset: outputs);
            CheckParts(MatrixKernel.Of<GaloisField65536, ushort>(outputs, Inputs, (i, j) => (ushort)((i * 40503) ^ (j * 9973)), path), FarBytes + 1 + (74 * outputs), offset: 2 * outputs);
        }
    }

    /// <summary>Address sanitiser of the poor: what lies beside the outputs stays as it was.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void NothingBesideTheOutputsIsWritten(KernelPath path)
    {
        Matrix256 matrix = Random(3, 2, 12);
        for (int length = 0; length < 600; length++)
        {
            Memory<byte>[] outputs = [.. Enumerable.Range(0, 3).Select(_ => (Memory<byte>)Enumerable.Repeat((byte)0xA5, length + 200).ToArray())];
            new MatrixKernel(matrix, path).Apply([new byte[length + 200], new byte[length + 200]], outputs, 100, length);
            foreach (Memory<byte> output in outputs)
            {
                output.Span[..100].ContainsAnyExcept((byte)0xA5).ShouldBeFalse();
                output.Span.Slice(100, length).ContainsAnyExcept((byte)0).ShouldBeFalse();
                output.Span[(100 + length)..].ContainsAnyExcept((byte)0xA5).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void OddLengthsAreNoElementsOfSixteenBits()
    {
        MatrixKernel kernel = MatrixKernel.Of<GaloisField65536, ushort>(1, 1, (_, _) => 7);
        kernel.ElementBytes.ShouldBe(2);
        Should.Throw<ArgumentException>(() => kernel.Apply([new byte[5]], [new byte[5]], 0, 5)).Message.ShouldContain("5 bytes");
    }

    [Fact]
    public void OffsetsChooseSubChunksOfOneSpan()
    {
        Matrix256 matrix = Random(2, 3, 8);
        byte[] bytes = KernelDigest.Bytes(500, 9);
        byte[] expected = [.. bytes];
        int[] inputs = [400, 0, 150];
        int[] outputs = [300, 201];
        for (int at = 0; at < 51; at++)
        {
            for (int i = 0; i < 2; i++)
            {
                expected[outputs[i] + at] = Sum(matrix, i, at, inputs, bytes);
            }
        }

        byte[] untouched = [.. bytes];
        new MatrixKernel(matrix).Apply(bytes, inputs, bytes, outputs, 51);
        bytes.ShouldBe(expected);
        new MatrixKernel(matrix).AddTo(bytes, inputs, bytes, outputs, 51);
        bytes.AsSpan(300, 51).ToArray().ShouldAllBe(x => x == 0);
        bytes.AsSpan(0, 201).ToArray().ShouldBe(untouched[..201]);
    }

    [Fact]
    public void TooFewBuffersAndShortOnesAreRefused()
    {
        var kernel = new MatrixKernel(Random(2, 3, 8));
        Should.Throw<ArgumentException>(() => kernel.Apply([new byte[4]], [new byte[4], new byte[4]], 0, 4)).Message.ShouldContain("3 inputs and 2 outputs, not 1 and 2");
        Should.Throw<ArgumentOutOfRangeException>(() => kernel.Apply([new byte[4], new byte[3], new byte[4]], [new byte[4], new byte[4]], 0, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => kernel.Apply([new byte[4], new byte[4], new byte[4]], [new byte[4], new byte[4]], -1, 4));
        Should.Throw<ArgumentOutOfRangeException>(() => kernel.Apply([new byte[4], new byte[4], new byte[4]], [new byte[4], new byte[4]], 0, -4));
    }

    private static void CheckParts(MatrixKernel kernel, int length, int offset)
    {
        ReadOnlyMemory<byte>[] inputs = [.. Enumerable.Range(0, kernel.Inputs).Select(j => (ReadOnlyMemory<byte>)KernelDigest.Bytes(offset + length, (ulong)j))];
        Memory<byte>[] whole = [.. Enumerable.Range(0, kernel.Outputs).Select(_ => (Memory<byte>)new byte[offset + length + 1])];
        Memory<byte>[] parts = [.. Enumerable.Range(0, kernel.Outputs).Select(_ => (Memory<byte>)new byte[offset + length + 1])];
        kernel.Apply(inputs, whole, offset, length);
        kernel.AddTo(inputs.AsSpan(), whole, offset, length / 4 * 2);
        for (int from = 0; from < length; from += length / 8 * 2)
        {
            kernel.Apply(inputs, parts, offset + from, Math.Min(length / 8 * 2, length - from));
        }

        kernel.AddTo(inputs.AsSpan(), parts, offset, length / 8 * 2);
        kernel.AddTo(inputs.AsSpan(), parts, offset + (length / 8 * 2), (length / 4 * 2) - (length / 8 * 2));
        for (int i = 0; i < kernel.Outputs; i++)
        {
            whole[i].Span.SequenceEqual(parts[i].Span).ShouldBeTrue($"{kernel.Path}, {kernel.ElementBytes} bytes an element, output {i} of {kernel.Outputs}");
        }
    }

    private static void CheckSixteen(int rows, int columns, KernelPath path, int length, int offset, bool accumulate) =>
        Check<GaloisField65536, ushort>(rows, columns, (i, j) => (ushort)((i * 40503) ^ (j * 9973) ^ 0x1F35), path, length, offset, accumulate);

    /// <summary>A buffer at a multiple of 64 bytes.</summary>
    private static Memory<byte> Aligned(int length)
    {
        byte[] room = GC.AllocateArray<byte>(length + 64, pinned: true);
        int start = (int)(-(long)Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) & 63);
        return room.AsMemory(start, length);
    }

    private static byte Sum(Matrix256 matrix, int row, int at, int[] inputs, byte[] bytes)
    {
        byte sum = 0;
        for (int j = 0; j < inputs.Length; j++)
        {
            sum ^= GaloisField256.Multiply(matrix[row, j], bytes[inputs[j] + at]);
        }

        return sum;
    }

    private static void Check(Matrix256 matrix, KernelPath path, int length, int offset, bool accumulate) =>
        Check<GaloisField256, byte>(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j], path, length, offset, accumulate);

    /// <summary>Against sums of the field's own products, element by element.</summary>
    private static void Check<TField, T>(int rows, int columns, Func<int, int, T> entry, KernelPath path, int length, int offset, bool accumulate)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        byte[][] inputs = [.. Enumerable.Range(0, columns).Select(j => KernelDigest.Bytes(offset + length + 3, 100 + (ulong)j))];
        byte[][] outputs = [.. Enumerable.Range(0, rows).Select(i => KernelDigest.Bytes(offset + length + 3, 900 + (ulong)i))];
        byte[][] expected = [.. outputs.Select(output => output.ToArray())];
        for (int i = 0; i < rows; i++)
        {
            Span<T> sums = MemoryMarshal.Cast<byte, T>(expected[i].AsSpan(offset, length));
            if (!accumulate)
            {
                sums.Clear();
            }

            for (int j = 0; j < columns; j++)
            {
                ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(inputs[j].AsSpan(offset, length));
                for (int at = 0; at < sums.Length; at++)
                {
                    sums[at] ^= TField.Bits == 1 ? (T.IsZero(entry(i, j)) ? T.Zero : elements[at]) : TField.Multiply(entry(i, j), elements[at]);
                }
            }
        }

        MatrixKernel kernel = MatrixKernel.Of<TField, T>(rows, columns, entry, path);
        kernel.Path.ShouldBe(path);
        ReadOnlyMemory<byte>[] read = [.. inputs.Select(input => (ReadOnlyMemory<byte>)input)];
        Memory<byte>[] written = [.. outputs.Select(output => (Memory<byte>)output)];
        if (accumulate)
        {
            kernel.AddTo(read, written, offset, length);
        }
        else
        {
            kernel.Apply(read, written, offset, length);
        }

        for (int i = 0; i < rows; i++)
        {
            outputs[i].AsSpan().SequenceEqual(expected[i]).ShouldBeTrue($"{path}, {typeof(TField).Name}, {rows} x {columns}, length {length}, offset {offset}, output {i}");
        }
    }

    private static Matrix256 Random(int rows, int columns, ulong seed)
    {
        RandomStream random = new Seed(seed).Named("matrix").Stream();
        return new Matrix256(rows, columns, (_, _) => (byte)random.Below(256));
    }
}
