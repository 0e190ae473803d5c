namespace Headroom.Coding.Fields;

/// <summary>
/// Powers and logarithms of a generator g of the multiplicative group of GF(2^bits): a b = g^(log a + log b), 1/a = g^(2^bits - 1 - log a).
/// </summary>
internal sealed class FieldTables
{
    /// <summary>g^i for i = 0 … 2 (2^bits - 1) - 1, so that a sum of two logarithms needs no reduction.</summary>
    private readonly ushort[] _powers;

    /// <summary>The logarithm of 1 … 2^bits - 1; entry 0 is not used.</summary>
    private readonly ushort[] _logarithms;

    /// <param name="bits">Degree of the polynomial, at most 16.</param>
    /// <param name="polynomial">Irreducible, its coefficients as bits, that of x^bits included.</param>
    /// <param name="generator">2 (that is x) or 3 (x + 1), where it generates the group.</param>
    /// <exception cref="ArgumentException">The generator's powers are not all elements but 0.</exception>
    public FieldTables(int bits, int polynomial, int generator)
    {
        int order = (1 << bits) - 1;
        _powers = new ushort[2 * order];
        _logarithms = new ushort[order + 1];
        int x = 1;
        for (int i = 0; i < order; i++)
        {
            if (i > 0 && x == 1)
            {
                throw new ArgumentException($"{generator} generates {i} elements modulo 0x{polynomial:X}, not {order}");
            }

            _powers[i] = _powers[i + order] = (ushort)x;
            _logarithms[x] = (ushort)i;
            int doubled = x << 1;
            doubled = doubled > order ? doubled ^ polynomial : doubled;
            x = generator == 2 ? doubled : doubled ^ x;
        }
    }

    public int Multiply(int a, int b) => a == 0 || b == 0 ? 0 : _powers[_logarithms[a] + _logarithms[b]];

    public int Inverse(int a)
    {
        ArgumentOutOfRangeException.ThrowIfZero(a);
        return _powers[(_powers.Length / 2) - _logarithms[a]];
    }
}
