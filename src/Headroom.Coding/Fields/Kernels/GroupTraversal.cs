namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// One to four outputs over whole steps, by the longest steps whose sums stay in registers: with 32 registers four and three outputs by two steps at a time
/// (16 and 12 sums of 64 bytes), two and one by four; with 16 registers four and three by one, two and one by two. What is left goes by single steps.
/// </summary>
internal static unsafe class GroupTraversal<TProduct, TInput, TSum>
    where TProduct : struct, IProduct<TInput, TSum>
    where TInput : unmanaged
    where TSum : unmanaged
{
    public const int OutputsMax = 4;

    /// <inheritdoc cref="ProductTraversal{TProduct, TInput, TSum}.Run"/>
    public static void Run(byte** sources, int inputs, byte* coefficients, byte** targets, int outputs, StepSpan span, Storing storing)
    {
        if (TProduct.HasManyRegisters && outputs <= 2)
        {
            span = ProductTraversal<Doubled<Doubled<TProduct, TInput, TSum>, Two<TInput>, Two<TSum>>, Two<Two<TInput>>, Two<Two<TSum>>>
                .Run(sources, inputs, coefficients, targets, outputs, span, storing);
        }
        else if (TProduct.HasManyRegisters || outputs <= 2)
        {
            span = ProductTraversal<Doubled<TProduct, TInput, TSum>, Two<TInput>, Two<TSum>>.Run(sources, inputs, coefficients, targets, outputs, span, storing);
        }

        if (span.From < span.To)
        {
            ProductTraversal<TProduct, TInput, TSum>.Run(sources, inputs, coefficients, targets, outputs, span, storing);
        }
    }
}
