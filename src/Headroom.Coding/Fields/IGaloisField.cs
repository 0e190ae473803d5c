using System.Numerics;

namespace Headroom.Coding.Fields;

/// <summary>
/// GF(2^<see cref="Bits"/>) as polynomials over GF(2) modulo one that is irreducible: an element's bit i is the coefficient of x^i. Addition is exclusive or
/// in all of them; a field supplies products and inverses, and everything else (matrices, kernels) is written over this.
/// </summary>
/// <typeparam name="T">The unsigned integer that holds an element, which lies little-endian in buffers.</typeparam>
public interface IGaloisField<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    /// <summary>m of GF(2^m): 1, 8 or 16. With 1, buffers hold eight elements a byte and coefficients are 0 or 1.</summary>
    static abstract int Bits { get; }

    static abstract T Multiply(T a, T b);

    /// <summary>The b with a b = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">a is 0.</exception>
    static abstract T Inverse(T a);
}
