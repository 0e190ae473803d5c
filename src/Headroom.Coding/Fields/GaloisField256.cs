namespace Headroom.Coding.Fields;

/// <summary>
/// GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D), the field of ISA-L, Jerasure and RAID-6. 2 generates the multiplicative group.
/// </summary>
public readonly struct GaloisField256 : IGaloisField<byte>
{
    public const int Polynomial = 0x11D;

    private static readonly FieldTables Tables = new(8, Polynomial, 2);

    /// <summary>Row c holds c times 0 … 255: 64 KiB, in the second-level cache.</summary>
    private static readonly byte[] Products = AllProducts();

    public static int Bits => 8;

    public static byte Multiply(byte a, byte b) => Products[(a << 8) | b];

    /// <summary>The b with a b = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">a is 0.</exception>
    public static byte Inverse(byte a) => (byte)Tables.Inverse(a);

    /// <inheritdoc cref="Buffers{TField, T}.MultiplyAdd"/>
    public static void MultiplyAdd(byte coefficient, ReadOnlySpan<byte> source, Span<byte> target) =>
        Buffers<GaloisField256, byte>.MultiplyAdd(coefficient, source, target);

    private static byte[] AllProducts()
    {
        byte[] products = new byte[256 * 256];
        for (int i = 0; i < products.Length; i++)
        {
            products[i] = (byte)Tables.Multiply(i >> 8, i & 255);
        }

        return products;
    }
}
