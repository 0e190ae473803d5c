using Headroom.Coding.Fields;
using Headroom.Coding.Fields.Kernels;
using Headroom.Kernel.Randomness;

namespace Headroom.Coding.Tests.Fields.Kernels;

public unsafe class MatrixProgramTests
{
    private const int Given = 5;
    private const int Wanted = 7;
    private const int Own = 3;

    public static TheoryData<KernelPath, int> Runs()
    {
        var runs = new TheoryData<KernelPath, int>();
        foreach (KernelPath path in Enum.GetValues<KernelPath>().Where(path => path <= MatrixKernel.BestPath))
        {
            foreach (int length in (int[])[0, 1, 63, 127, 128, 129, 4095, 4096, 4097, 9000])
            {
                runs.Add(path, length);
            }
        }

        return runs;
    }

    /// <summary>Random steps, of one to seven outputs, that overwrite, add, or transform in place, against single products.</summary>
    [Theory]
    [MemberData(nameof(Runs))]
    public void WhatProgramsComputeIsWhatTheirStepsSay(KernelPath path, int length)
    {
        RandomStream random = new Seed((ulong)length).Named("program").Stream();
        var builder = new MatrixProgram.Builder(Given, Wanted, path);
        int own = builder.NewCells(Own);
        byte[][] cells = [.. Enumerable.Range(0, Given + Wanted + Own).Select(i => i < Given ? KernelDigest.Bytes(length, (ulong)i) : new byte[length])];
        byte[][] memory = [.. cells[..(Given + Wanted)].Select(cell => cell.ToArray())];
        own.ShouldBe(Given + Wanted);

        // Every cell is written before it is read.
        foreach (int[] outputs in (int[][])[[5, 6, 7, 8, 9, 10, 11], [own, own + 1, own + 2]])
        {
            Step(outputs, [.. Enumerable.Range(0, Given)], adds: false);
        }

        for (int step = 0; step < 20; step++)
        {
            int[] shuffled = [.. Enumerable.Range(Given, Wanted + Own).OrderBy(_ => random.NextUInt64())];
            int outputs = 1 + (int)(random.NextUInt64() % 4);
            int inputs = 1 + (int)(random.NextUInt64() % 5);
            bool inPlace = step % 3 == 0;
            Step(shuffled[..outputs], inPlace ? shuffled[..outputs] : [.. shuffled[outputs..].Concat(Enumerable.Range(0, Given)).Take(inputs)], adds: step % 3 == 1);
        }

        MatrixProgram program = builder.Build();
        program.Cells.ShouldBe(cells.Length);
        Run(program, memory, length);
        for (int i = 0; i < memory.Length; i++)
        {
            memory[i].AsSpan().SequenceEqual(cells[i]).ShouldBeTrue($"cell {i}");
        }

        void Step(int[] outputs, int[] inputs, bool adds)
        {
            var matrix = new Matrix256(outputs.Length, inputs.Length, (_, _) => (byte)(random.NextUInt64() % 4 == 0 ? 0 : random.NextUInt64()));
            builder.Add(matrix, inputs, outputs, adds);
            byte[][] sums = [.. outputs.Select(output => adds ? cells[output].ToArray() : new byte[length])];
            for (int i = 0; i < outputs.Length; i++)
            {
                for (int j = 0; j < inputs.Length; j++)
                {
                    GaloisField256.MultiplyAdd(matrix[i, j], cells[inputs[j]], sums[i]);
                }
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                cells[outputs[i]] = sums[i];
            }
        }
    }

    private static void Run(MatrixProgram program, byte[][] memory, int length)
    {
        byte** places = stackalloc byte*[program.Cells];
        byte[][] pinned = [.. memory.Select(cell => GC.AllocateArray<byte>(length + 1, pinned: true))];
        for (int i = 0; i < memory.Length; i++)
        {
            memory[i].CopyTo(pinned[i], 0);
            fixed (byte* place = pinned[i])
            {
                places[i] = place;
            }
        }

        program.Run(places, length);
        for (int i = 0; i < memory.Length; i++)
        {
            pinned[i].AsSpan(0, length).CopyTo(memory[i]);
            pinned[i][length].ShouldBe((byte)0, "what lies behind a cell is not written");
        }
    }
}
