using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// outputs = matrix inputs over whole steps, for one to four outputs in one pass over the inputs. Eight accumulators stay in registers in every shape: four or
/// three outputs by one step, two by two steps, one by four. Coefficients lie compiled in the order of use: input by input, within it output by output.
/// </summary>
internal static unsafe class ProductTraversal<TProduct, TInput, TSum>
    where TProduct : struct, IProduct<TInput, TSum>
    where TInput : unmanaged
    where TSum : unmanaged
{
    public const int OutputsMax = 4;

    /// <param name="sources">The inputs' first bytes.</param>
    /// <param name="inputs">How many.</param>
    /// <param name="coefficients">inputs x outputs compiled coefficients.</param>
    /// <param name="targets">The outputs' first bytes.</param>
    /// <param name="outputs">How many, 1 to 4.</param>
    /// <param name="span">From where to where; whole steps.</param>
    /// <param name="storing">Whether what stands in the outputs is added, and whether stores pass by the caches.</param>
    public static void Run(byte** sources, int inputs, byte* coefficients, byte** targets, int outputs, StepSpan span, Storing storing)
    {
        switch (outputs)
        {
            case 1:
                One(sources, inputs, coefficients, targets, span, storing);
                break;
            case 2:
                Two(sources, inputs, coefficients, targets, span, storing);
                break;
            case 3:
                Three(sources, inputs, coefficients, targets, span, storing);
                break;
            default:
                Four(sources, inputs, coefficients, targets, span, storing);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte** sources, int inputs, byte* coefficients, byte** targets, StepSpan span, Storing storing)
    {
        for (nint at = span.From; at < span.To; at += TProduct.StepBytes)
        {
            TSum a = Begin(targets[0] + at, storing);
            TSum b = Begin(targets[1] + at, storing);
            TSum c = Begin(targets[2] + at, storing);
            TSum d = Begin(targets[3] + at, storing);
            byte* next = coefficients;
            int j = 0;
            for (; j + 1 < inputs; j += 2, next += 8 * TProduct.CoefficientBytes)
            {
                TInput x = TProduct.Load(sources[j] + at);
                TInput y = TProduct.Load(sources[j + 1] + at);
                a = TProduct.Add(a, x, next, y, next + (4 * TProduct.CoefficientBytes));
                b = TProduct.Add(b, x, next + TProduct.CoefficientBytes, y, next + (5 * TProduct.CoefficientBytes));
                c = TProduct.Add(c, x, next + (2 * TProduct.CoefficientBytes), y, next + (6 * TProduct.CoefficientBytes));
                d = TProduct.Add(d, x, next + (3 * TProduct.CoefficientBytes), y, next + (7 * TProduct.CoefficientBytes));
            }

            if (j < inputs)
            {
                TInput x = TProduct.Load(sources[j] + at);
                a = TProduct.Add(a, x, next);
                b = TProduct.Add(b, x, next + TProduct.CoefficientBytes);
                c = TProduct.Add(c, x, next + (2 * TProduct.CoefficientBytes));
                d = TProduct.Add(d, x, next + (3 * TProduct.CoefficientBytes));
            }

            End(a, targets[0] + at, storing);
            End(b, targets[1] + at, storing);
            End(c, targets[2] + at, storing);
            End(d, targets[3] + at, storing);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(byte** sources, int inputs, byte* coefficients, byte** targets, StepSpan span, Storing storing)
    {
        for (nint at = span.From; at < span.To; at += TProduct.StepBytes)
        {
            TSum a = Begin(targets[0] + at, storing);
            TSum b = Begin(targets[1] + at, storing);
            TSum c = Begin(targets[2] + at, storing);
            byte* next = coefficients;
            int j = 0;
            for (; j + 1 < inputs; j += 2, next += 6 * TProduct.CoefficientBytes)
            {
                TInput x = TProduct.Load(sources[j] + at);
                TInput y = TProduct.Load(sources[j + 1] + at);
                a = TProduct.Add(a, x, next, y, next + (3 * TProduct.CoefficientBytes));
                b = TProduct.Add(b, x, next + TProduct.CoefficientBytes, y, next + (4 * TProduct.CoefficientBytes));
                c = TProduct.Add(c, x, next + (2 * TProduct.CoefficientBytes), y, next + (5 * TProduct.CoefficientBytes));
            }

            if (j < inputs)
            {
                TInput x = TProduct.Load(sources[j] + at);
                a = TProduct.Add(a, x, next);
                b = TProduct.Add(b, x, next + TProduct.CoefficientBytes);
                c = TProduct.Add(c, x, next + (2 * TProduct.CoefficientBytes));
            }

            End(a, targets[0] + at, storing);
            End(b, targets[1] + at, storing);
            End(c, targets[2] + at, storing);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(byte** sources, int inputs, byte* coefficients, byte** targets, StepSpan span, Storing storing)
    {
        nint at = span.From;
        nint step = TProduct.StepBytes;
        for (; at + step < span.To; at += 2 * step)
        {
            TSum a0 = Begin(targets[0] + at, storing);
            TSum a1 = Begin(targets[0] + at + step, storing);
            TSum b0 = Begin(targets[1] + at, storing);
            TSum b1 = Begin(targets[1] + at + step, storing);
            byte* next = coefficients;
            for (int j = 0; j < inputs; j++, next += 2 * TProduct.CoefficientBytes)
            {
                TInput x0 = TProduct.Load(sources[j] + at);
                TInput x1 = TProduct.Load(sources[j] + at + step);
                a0 = TProduct.Add(a0, x0, next);
                a1 = TProduct.Add(a1, x1, next);
                b0 = TProduct.Add(b0, x0, next + TProduct.CoefficientBytes);
                b1 = TProduct.Add(b1, x1, next + TProduct.CoefficientBytes);
            }

            End(a0, targets[0] + at, storing);
            End(a1, targets[0] + at + step, storing);
            End(b0, targets[1] + at, storing);
            End(b1, targets[1] + at + step, storing);
        }

        if (at < span.To)
        {
            TSum a = Begin(targets[0] + at, storing);
            TSum b = Begin(targets[1] + at, storing);
            byte* next = coefficients;
            for (int j = 0; j < inputs; j++, next += 2 * TProduct.CoefficientBytes)
            {
                TInput x = TProduct.Load(sources[j] + at);
                a = TProduct.Add(a, x, next);
                b = TProduct.Add(b, x, next + TProduct.CoefficientBytes);
            }

            End(a, targets[0] + at, storing);
            End(b, targets[1] + at, storing);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(byte** sources, int inputs, byte* coefficients, byte** targets, StepSpan span, Storing storing)
    {
        nint at = span.From;
        nint step = TProduct.StepBytes;
        byte* target = targets[0];
        for (; at + (3 * step) < span.To; at += 4 * step)
        {
            TSum a = Begin(target + at, storing);
            TSum b = Begin(target + at + step, storing);
            TSum c = Begin(target + at + (2 * step), storing);
            TSum d = Begin(target + at + (3 * step), storing);
            byte* next = coefficients;
            for (int j = 0; j < inputs; j++, next += TProduct.CoefficientBytes)
            {
                byte* source = sources[j] + at;
                a = TProduct.Add(a, TProduct.Load(source), next);
                b = TProduct.Add(b, TProduct.Load(source + step), next);
                c = TProduct.Add(c, TProduct.Load(source + (2 * step)), next);
                d = TProduct.Add(d, TProduct.Load(source + (3 * step)), next);
            }

            End(a, target + at, storing);
            End(b, target + at + step, storing);
            End(c, target + at + (2 * step), storing);
            End(d, target + at + (3 * step), storing);
        }

        for (; at < span.To; at += step)
        {
            TSum a = Begin(target + at, storing);
            byte* next = coefficients;
            for (int j = 0; j < inputs; j++, next += TProduct.CoefficientBytes)
            {
                a = TProduct.Add(a, TProduct.Load(sources[j] + at), next);
            }

            End(a, target + at, storing);
        }
    }

    private static TSum Begin(byte* target, Storing storing) => storing == Storing.Accumulate ? TProduct.LoadSum(target) : default;

    private static void End(TSum sum, byte* target, Storing storing)
    {
        if (storing == Storing.NonTemporal)
        {
            TProduct.StoreNonTemporal(sum, target);
        }
        else
        {
            TProduct.Store(sum, target);
        }
    }
}
