using System.Runtime.CompilerServices;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// outputs = matrix inputs over whole steps, one to four outputs in one pass over the inputs, their sums in registers. Coefficients lie compiled in the
/// order of use: input by input, within it output by output.
/// </summary>
/// <remarks>
/// Compiled fully at once: what the runtime makes of a long-running loop that it first ran unoptimised keeps the sums in memory (half the speed).
/// </remarks>
internal static unsafe class ProductTraversal<TProduct, TInput, TSum>
    where TProduct : struct, IProduct<TInput, TSum>
    where TInput : unmanaged
    where TSum : unmanaged
{
    /// <summary>As many whole steps as the span holds.</summary>
    /// <param name="sources">The inputs' first bytes.</param>
    /// <param name="inputs">How many.</param>
    /// <param name="coefficients">inputs x outputs compiled coefficients.</param>
    /// <param name="targets">The outputs' first bytes.</param>
    /// <param name="outputs">How many, 1 to 4.</param>
    /// <param name="span">From where to where.</param>
    /// <param name="storing">What becomes of the sums.</param>
    /// <returns>What is left of the span: less than a step.</returns>
    public static StepSpan Run(byte** sources, int inputs, byte* coefficients, byte** targets, int outputs, StepSpan span, Storing storing)
    {
        nint whole = span.From + ((span.To - span.From) / TProduct.StepBytes * TProduct.StepBytes);
        switch (outputs)
        {
            case 1:
                One(sources, inputs, coefficients, targets, span.From, whole, storing);
                break;
            case 2:
                Two(sources, inputs, coefficients, targets, span.From, whole, storing);
                break;
            case 3:
                Three(sources, inputs, coefficients, targets, span.From, whole, storing);
                break;
            default:
                Four(sources, inputs, coefficients, targets, span.From, whole, storing);
                break;
        }

        return new StepSpan(whole, span.To);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte** sources, int inputs, byte* coefficients, byte** targets, nint from, nint to, Storing storing)
    {
        for (nint at = from; at < to; at += TProduct.StepBytes)
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
    private static void Three(byte** sources, int inputs, byte* coefficients, byte** targets, nint from, nint to, Storing storing)
    {
        for (nint at = from; at < to; at += TProduct.StepBytes)
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
    private static void Two(byte** sources, int inputs, byte* coefficients, byte** targets, nint from, nint to, Storing storing)
    {
        for (nint at = from; at < to; at += TProduct.StepBytes)
        {
            TSum a = Begin(targets[0] + at, storing);
            TSum b = Begin(targets[1] + at, storing);
            byte* next = coefficients;
            int j = 0;
            for (; j + 1 < inputs; j += 2, next += 4 * TProduct.CoefficientBytes)
            {
                TInput x = TProduct.Load(sources[j] + at);
                TInput y = TProduct.Load(sources[j + 1] + at);
                a = TProduct.Add(a, x, next, y, next + (2 * TProduct.CoefficientBytes));
                b = TProduct.Add(b, x, next + TProduct.CoefficientBytes, y, next + (3 * TProduct.CoefficientBytes));
            }

            if (j < inputs)
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
    private static void One(byte** sources, int inputs, byte* coefficients, byte** targets, nint from, nint to, Storing storing)
    {
        byte* target = targets[0];
        for (nint at = from; at < to; at += TProduct.StepBytes)
        {
            TSum a = Begin(target + at, storing);
            byte* next = coefficients;
            int j = 0;
            for (; j + 1 < inputs; j += 2, next += 2 * TProduct.CoefficientBytes)
            {
                a = TProduct.Add(a, TProduct.Load(sources[j] + at), next, TProduct.Load(sources[j + 1] + at), next + TProduct.CoefficientBytes);
            }

            if (j < inputs)
            {
                a = TProduct.Add(a, TProduct.Load(sources[j] + at), next);
            }

            End(a, target + at, storing);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSum Begin(byte* target, Storing storing) => storing == Storing.Accumulate ? TProduct.LoadSum(target) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
