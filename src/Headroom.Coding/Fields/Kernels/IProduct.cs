namespace Headroom.Coding.Fields.Kernels;

/// <summary>
/// The arithmetic of a kernel: how a compiled coefficient acts on one step of bytes. The traversal (<see cref="ProductTraversal{TProduct, TInput, TSum}"/>) is written once over
/// this; the operators differ in instructions, step and the compiled form of a coefficient, never in the bytes that come out.
/// </summary>
/// <typeparam name="TInput">A step of input as the products want it: split into nibbles, for instance.</typeparam>
/// <typeparam name="TSum">A step of output in registers.</typeparam>
internal unsafe interface IProduct<TInput, TSum>
    where TInput : unmanaged
    where TSum : unmanaged
{
    /// <summary>Whether 32 vector registers hold sums, or 16.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>Bytes of input and output in a step.</summary>
    static abstract int StepBytes { get; }

    /// <summary>Bytes of a compiled coefficient.</summary>
    static abstract int CoefficientBytes { get; }

    static abstract TInput Load(byte* source);

    static abstract TSum LoadSum(byte* target);

    /// <summary>sum + c x.</summary>
    static abstract TSum Add(TSum sum, TInput x, byte* c);

    /// <summary>sum + c x + d y: two at a time, because three terms are one exclusive or on wide machines.</summary>
    static abstract TSum Add(TSum sum, TInput x, byte* c, TInput y, byte* d);

    static abstract void Store(TSum sum, byte* target);

    /// <summary>Past the caches; the target is aligned to the vector. A fence follows at the end of the call.</summary>
    static abstract void StoreNonTemporal(TSum sum, byte* target);
}
