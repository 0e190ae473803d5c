using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>How a call runs: buffers are pinned, cut into blocks that stay in cache, and the bytes after the last whole step go through a padded copy.</summary>
public sealed unsafe partial class MatrixKernel
{
    /// <summary>Inputs of a block when several groups of outputs read them one after the other: half of a second-level cache of 1 MiB.</summary>
    private const int BlockBytesMax = 1 << 19;

    /// <summary>From so many bytes read and written in a call on, outputs would only push inputs out of the last cache.</summary>
    private const long NonTemporalBytesMin = 24L << 20;

    /// <summary>From so many bytes read and written in a call on, inputs are asked for ahead: they lie beyond a second-level cache of 1 MiB.</summary>
    private const long FarBytesMin = 1L << 20;

    private const int VectorBytesMax = 64;

    /// <summary>The kernel on buffers of any kind, all of that length.</summary>
    [SkipLocalsInit]
    internal void Run<TBuffers>(TBuffers buffers, int length, bool accumulate)
        where TBuffers : IBuffers, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (ElementBytes > 1 && length % ElementBytes != 0)
        {
            throw new ArgumentException($"{length} bytes are no whole number of elements of {ElementBytes} bytes", nameof(length));
        }

        byte** pinned = stackalloc byte*[(2 * Panel.Max) + Pinning.PerFrame];
        if (_compiled.Panels.Length == 1)
        {
            Pinning.Run(buffers, Inputs + Outputs, pinned, new PanelRun(this, _compiled.Panels[0], length, accumulate));
            return;
        }

        foreach (Panel panel in _compiled.Panels)
        {
            Pinning.Run(new PanelBuffers<TBuffers>(buffers, Inputs, panel), panel.Inputs + panel.Outputs, pinned,
                new PanelRun(this, panel, length, accumulate || panel.FirstInput > 0));
        }
    }

    /// <summary>The kernel on memory that is pinned, for a matrix of one panel; an output may be one of the inputs where <see cref="InOnePass"/> compiled it.</summary>
    internal void Run(byte** sources, byte** targets, int length, bool accumulate)
    {
        fixed (byte* coefficients = _compiled.Coefficients)
        {
            Dispatch(_compiled.Panels[0], Path, ElementBytes, coefficients, sources, targets, length, accumulate);
        }
    }

    private readonly struct PanelRun(MatrixKernel kernel, Panel panel, int length, bool accumulate) : IPinnedWork
    {
        public void Run(byte** places)
        {
            CheckApart(places, panel, length);
            fixed (byte* coefficients = kernel._compiled.Coefficients)
            {
                Dispatch(panel, kernel.Path, kernel.ElementBytes, coefficients, places, places + panel.Inputs, length, accumulate);
            }
        }
    }

    [Conditional("DEBUG")]
    private static void CheckApart(byte** pinned, Panel panel, int length)
    {
        for (int i = panel.Inputs; i < panel.Inputs + panel.Outputs; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Debug.Assert(pinned[i] + length <= pinned[j] || pinned[j] + length <= pinned[i], "outputs overlap neither inputs nor each other");
            }
        }
    }

    private static void Dispatch(Panel panel, KernelPath path, int elementBytes, byte* coefficients, byte** sources, byte** targets, int length, bool accumulate)
    {
        switch ((path, elementBytes))
        {
            case (KernelPath.Gfni512, 1):
                RunPanel<Affine512, Pair512, Pair512, Xor512, Pair512>(panel, coefficients, sources, targets, length, accumulate);
                break;
            case (KernelPath.Gfni512, _):
                RunPanel<AffinePlanes512, Pair512, Pair512, Xor512, Pair512>(panel, coefficients, sources, targets, length, accumulate);
                break;
            case (KernelPath.Avx2, 1):
                RunPanel<Shuffle256, Nibbles256, Pair256, Xor256, Pair256>(panel, coefficients, sources, targets, length, accumulate);
                break;
            case (KernelPath.Avx2, _):
                RunPanel<ShufflePlanes256, Nibbles256, Pair256, Xor256, Pair256>(panel, coefficients, sources, targets, length, accumulate);
                break;
            case (_, 1):
                RunPanel<ScalarProduct, byte, byte, ScalarXor, ulong>(panel, coefficients, sources, targets, length, accumulate);
                break;
            default:
                RunPanel<ScalarPlanes, ushort, ushort, ScalarXor, ulong>(panel, coefficients, sources, targets, length, accumulate);
                break;
        }
    }

    private static void RunPanel<TProduct, TInput, TSum, TXor, TWord>(Panel panel, byte* coefficients, byte** sources, byte** targets, int length, bool accumulate)
        where TProduct : struct, IProduct<TInput, TSum>
        where TInput : unmanaged
        where TSum : unmanaged
        where TXor : struct, IProduct<TWord, TWord>
        where TWord : unmanaged
    {
        int step = Math.Max(TProduct.StepBytes, TXor.StepBytes);
        int whole = length - (length % step);
        int block = panel.Groups.Length == 1 ? whole : Math.Max(1, BlockBytesMax / (panel.Inputs + panel.Outputs) / (4 * step)) * 4 * step;
        Storing storing = accumulate ? Storing.Accumulate : PassesByCaches(panel, targets, length) ? Storing.NonTemporal : Storing.Overwrite;
        bool isFar = MovedBytes(panel, length) >= FarBytesMin;
        for (int from = 0; from < whole; from += block)
        {
            RunGroups<TProduct, TInput, TSum, TXor, TWord>(panel, coefficients, sources, targets, new StepSpan(from, Math.Min(whole, from + block)), storing, isFar);
        }

        if (whole < length)
        {
            RunTail<TProduct, TInput, TSum, TXor, TWord>(panel, coefficients, sources, targets, whole, length - whole, step, accumulate);
        }

        if (storing == Storing.NonTemporal)
        {
            Fence();
        }
    }

    private static void RunGroups<TProduct, TInput, TSum, TXor, TWord>(
        Panel panel, byte* coefficients, byte** sources, byte** targets, StepSpan span, Storing storing, bool isFar)
        where TProduct : struct, IProduct<TInput, TSum>
        where TInput : unmanaged
        where TSum : unmanaged
        where TXor : struct, IProduct<TWord, TWord>
        where TWord : unmanaged
    {
        // One group of everything needs no choice.
        if (panel.Groups is [{ Adds: false, IsSum: false } only] && only.Inputs.Length == panel.Inputs && only.Outputs.Length == panel.Outputs)
        {
            RunProducts<TProduct, TInput, TSum>(sources, panel.Inputs, coefficients + only.Start, targets, panel.Outputs, span, storing, isFar);
            return;
        }

        RunChosen<TProduct, TInput, TSum, TXor, TWord>(panel, coefficients, sources, targets, span, storing, isFar);
    }

    [SkipLocalsInit]
    private static void RunChosen<TProduct, TInput, TSum, TXor, TWord>(
        Panel panel, byte* coefficients, byte** sources, byte** targets, StepSpan span, Storing storing, bool isFar)
        where TProduct : struct, IProduct<TInput, TSum>
        where TInput : unmanaged
        where TSum : unmanaged
        where TXor : struct, IProduct<TWord, TWord>
        where TWord : unmanaged
    {
        byte** read = stackalloc byte*[panel.Inputs];
        byte** written = stackalloc byte*[GroupTraversal<TProduct, TInput, TSum>.OutputsMax];
        foreach (RowGroup group in panel.Groups)
        {
            int[] inputs = group.Inputs;
            for (int j = 0; j < inputs.Length; j++)
            {
                read[j] = sources[inputs[j]];
            }

            int[] outputs = group.Outputs;
            for (int i = 0; i < outputs.Length; i++)
            {
                written[i] = targets[outputs[i]];
            }

            Storing becomes = group.Adds ? Storing.Accumulate : storing;
            if (group.IsSum)
            {
                GroupTraversal<TXor, TWord, TWord>.Run(read, inputs.Length, coefficients, written, outputs.Length, span, becomes);
            }
            else
            {
                RunProducts<TProduct, TInput, TSum>(read, inputs.Length, coefficients + group.Start, written, outputs.Length, span, becomes, isFar);
            }

            // The groups that follow find this block in cache.
            isFar = false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunProducts<TProduct, TInput, TSum>(
        byte** sources, int inputs, byte* coefficients, byte** targets, int outputs, StepSpan span, Storing storing, bool isFar)
        where TProduct : struct, IProduct<TInput, TSum>
        where TInput : unmanaged
        where TSum : unmanaged
    {
        if (isFar)
        {
            GroupTraversal<ReadingAhead<TProduct, TInput, TSum>, TInput, TSum>.Run(sources, inputs, coefficients, targets, outputs, span, storing);
        }
        else
        {
            GroupTraversal<TProduct, TInput, TSum>.Run(sources, inputs, coefficients, targets, outputs, span, storing);
        }
    }

    /// <summary>Fewer bytes than a step: each buffer's are copied to a step of their own, whose rest may hold anything.</summary>
    [SkipLocalsInit]
    private static void RunTail<TProduct, TInput, TSum, TXor, TWord>(
        Panel panel, byte* coefficients, byte** sources, byte** targets, int from, int length, int step, bool accumulate)
        where TProduct : struct, IProduct<TInput, TSum>
        where TInput : unmanaged
        where TSum : unmanaged
        where TXor : struct, IProduct<TWord, TWord>
        where TWord : unmanaged
    {
        int count = panel.Inputs + panel.Outputs;
        byte* copies = stackalloc byte[count * step];
        byte** places = stackalloc byte*[count];
        for (int j = 0; j < count; j++)
        {
            places[j] = copies + (j * step);
            byte* original = j < panel.Inputs ? sources[j] : targets[j - panel.Inputs];
            if (accumulate || j < panel.Inputs)
            {
                Unsafe.CopyBlockUnaligned(places[j], original + from, (uint)length);
            }
        }

        RunGroups<TProduct, TInput, TSum, TXor, TWord>(
            panel, coefficients, places, places + panel.Inputs, new StepSpan(0, step), accumulate ? Storing.Accumulate : Storing.Overwrite, isFar: false);
        for (int i = 0; i < panel.Outputs; i++)
        {
            Unsafe.CopyBlockUnaligned(targets[i] + from, places[panel.Inputs + i], (uint)length);
        }
    }

    private static long MovedBytes(Panel panel, int length) => (long)length * (panel.Inputs + panel.Outputs);

    /// <summary>Stores pass by the caches when the call moves more than they hold, every output is aligned, and none is read again.</summary>
    private static bool PassesByCaches(Panel panel, byte** targets, int length)
    {
        if (MovedBytes(panel, length) < NonTemporalBytesMin || panel.IsSummedInParts)
        {
            return false;
        }

        nuint bits = 0;
        for (int i = 0; i < panel.Outputs; i++)
        {
            bits |= (nuint)targets[i];
        }

        return bits % VectorBytesMax == 0;
    }
}
