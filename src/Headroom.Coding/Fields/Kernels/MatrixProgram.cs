using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// A sequence of small matrices over numbered cells, all of one length: each step writes some cells, or adds to them, from others. First come the cells that are given,
/// then those that are wanted, then those that only the program knows. It is run for a block of bytes of all cells at a time, so that what one step writes or
/// reads is in cache for the next. Instances are immutable and may be run by many threads.
/// </summary>
internal sealed unsafe class MatrixProgram
{
    /// <summary>Lengths of blocks are multiples of it, and the tail is padded to it: every path's longest step divides it.</summary>
    private const int StepBytes = 128;

    /// <summary>
    /// A page of each cell at a time. Shorter blocks were slower: cells of shards of the usual lengths lie powers of two apart, so that short blocks fill but some sets
    /// of the caches.
    /// </summary>
    private const int BlockBytes = 4096;

    /// <summary>Room for the program's own cells: with very many of them blocks are shorter.</summary>
    private const int OwnBytes = 16 << 20;

    private readonly Step[] _steps;
    private readonly int[] _cells;
    private readonly int _given;
    private readonly int _wanted;
    private readonly int _own;

    private MatrixProgram(Step[] steps, int[] cells, int given, int wanted, int own) =>
        (_steps, _cells, _given, _wanted, _own) = (steps, cells, given, wanted, own);

    /// <summary>All of them.</summary>
    public int Cells => CallerCells + _own;

    /// <summary>Those that the caller has: the given and the wanted.</summary>
    private int CallerCells => _given + _wanted;

    /// <param name="places">Room for all cells; the caller's are filled in: pinned, of this many bytes, the wanted apart from the given.</param>
    /// <param name="length">Bytes of each.</param>
    public void Run(byte** places, int length)
    {
        int whole = length / StepBytes * StepBytes;
        int block = Math.Min(whole, Math.Clamp(OwnBytes / Math.Max(_own, 1) / StepBytes * StepBytes, StepBytes, BlockBytes));
        int room = Math.Max(_own * block, whole < length ? Cells * StepBytes : 0);
        byte[] rented = ArrayPool<byte>.Shared.Rent(room);
        Spoil(rented);
        fixed (byte* scratch = rented)
        {
            for (int from = 0; from < whole; from += block)
            {
                int bytes = Math.Min(block, whole - from);
                for (int i = 0; i < _own; i++)
                {
                    places[CallerCells + i] = scratch + ((nint)i * block);
                }

                RunSteps(places, bytes);
                for (int i = 0; i < CallerCells; i++)
                {
                    places[i] += bytes;
                }
            }

            if (whole < length)
            {
                RunTail(places, scratch, length - whole);
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The last bytes of all cells, in copies of a step, whose rest may hold anything.</summary>
    private void RunTail(byte** places, byte* scratch, int bytes)
    {
        byte*[] originals = new byte*[CallerCells];
        for (int i = 0; i < Cells; i++)
        {
            byte* copy = scratch + ((nint)i * StepBytes);
            if (i < _given)
            {
                Unsafe.CopyBlockUnaligned(copy, places[i], (uint)bytes);
            }

            if (i < CallerCells)
            {
                originals[i] = places[i];
            }

            places[i] = copy;
        }

        RunSteps(places, StepBytes);
        for (int i = _given; i < CallerCells; i++)
        {
            Unsafe.CopyBlockUnaligned(originals[i], places[i], (uint)bytes);
        }
    }

    [SkipLocalsInit]
    private void RunSteps(byte** places, int bytes)
    {
        byte** taken = stackalloc byte*[2 * Panel.Max];
        fixed (int* cells = _cells)
        {
            foreach (Step step in _steps)
            {
                int* cell = cells + step.FirstCell;
                int count = step.Kernel.Inputs + step.Kernel.Outputs;
                for (int i = 0; i < count; i++)
                {
                    taken[i] = places[cell[i]];
                }

                step.Kernel.Run(taken, taken + step.Kernel.Inputs, bytes, step.Adds);
            }
        }
    }

    /// <summary>What an earlier run left must not pass for what this one forgot to compute.</summary>
    [Conditional("DEBUG")]
    private static void Spoil(byte[] scratch) => Array.Fill(scratch, (byte)0xA5);

    private readonly record struct Step(MatrixKernel Kernel, int FirstCell, bool Adds);

    /// <summary>Puts a program together. Equal matrices are compiled once.</summary>
    public sealed class Builder(int given, int wanted, KernelPath path)
    {
        private readonly Dictionary<string, MatrixKernel> _kernels = [];
        private readonly List<Step> _steps = [];
        private readonly List<int> _cells = [];
        private int _own;

        /// <summary>So many cells that only the program knows.</summary>
        /// <returns>The first of them.</returns>
        public int NewCells(int count)
        {
            _own += count;
            return given + wanted + _own - count;
        }

        /// <summary>outputs = matrix inputs, or outputs += matrix inputs. With up to four outputs these may be inputs too.</summary>
        public void Add(Matrix256 matrix, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs, bool adds)
        {
            Debug.Assert(matrix.Rows == outputs.Count && matrix.Columns == inputs.Count, "a column for each input and a row for each output");
            Debug.Assert(outputs.All(cell => cell >= given), "what is given is not written");
            string key = Key(matrix);
            if (!_kernels.TryGetValue(key, out MatrixKernel? kernel))
            {
                _kernels[key] = kernel = MatrixKernel.InOnePass(matrix, path);
            }

            _steps.Add(new Step(kernel, _cells.Count, adds));
            _cells.AddRange(inputs);
            _cells.AddRange(outputs);
        }

        public MatrixProgram Build() => new([.. _steps], [.. _cells], given, wanted, _own);

        private static string Key(Matrix256 matrix) => string.Create((matrix.Rows * matrix.Columns) + 1, matrix, (key, entries) =>
        {
            key[0] = (char)entries.Rows;
            for (int i = 1; i < key.Length; i++)
            {
                key[i] = (char)entries[(i - 1) / entries.Columns, (i - 1) % entries.Columns];
            }
        });
    }
}
