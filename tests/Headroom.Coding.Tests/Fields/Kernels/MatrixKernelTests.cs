using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Fields.Kernels;

/// <summary>Every path of the kernel against sums of single products, which know nothing of it.</summary>
public sealed class MatrixKernelTests
{
    /// <summary>Twice the widest step (512 bytes: one output by four steps of 128) plus one.</summary>
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

    private static byte Sum(Matrix256 matrix, int row, int at, int[] inputs, byte[] bytes)
    {
        byte sum = 0;
        for (int j = 0; j < inputs.Length; j++)
        {
            sum ^= GaloisField256.Multiply(matrix[row, j], bytes[inputs[j] + at]);
        }

        return sum;
    }

    private static void Check(Matrix256 matrix, KernelPath path, int length, int offset, bool accumulate)
    {
        byte[][] inputs = [.. Enumerable.Range(0, matrix.Columns).Select(j => KernelDigest.Bytes(offset + length + 3, 100 + (ulong)j))];
        byte[][] outputs = [.. Enumerable.Range(0, matrix.Rows).Select(i => KernelDigest.Bytes(offset + length + 3, 900 + (ulong)i))];
        byte[][] expected = [.. outputs.Select(output => output.ToArray())];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int at = offset; at < offset + length; at++)
            {
                byte sum = accumulate ? expected[i][at] : (byte)0;
                for (int j = 0; j < matrix.Columns; j++)
                {
                    sum ^= GaloisField256.Multiply(matrix[i, j], inputs[j][at]);
                }

                expected[i][at] = sum;
            }
        }

        var kernel = new MatrixKernel(matrix, path);
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

        for (int i = 0; i < matrix.Rows; i++)
        {
            outputs[i].AsSpan().SequenceEqual(expected[i]).ShouldBeTrue($"{path}, {matrix.Rows} x {matrix.Columns}, length {length}, offset {offset}, output {i}");
        }
    }

    private static Matrix256 Random(int rows, int columns, ulong seed)
    {
        RandomStream random = new Seed(seed).Named("matrix").Stream();
        return new Matrix256(rows, columns, (_, _) => (byte)random.Below(256));
    }
}
