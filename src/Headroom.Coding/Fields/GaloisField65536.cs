namespace Headroom.Coding.Fields;

/// <summary>
/// GF(2^16) with the polynomial x^16 + x^12 + x^3 + x + 1 (0x1100B), that of Jerasure and GF-Complete, for codes of more than 256 shards. 2 generates the
/// multiplicative group. An element is two bytes, the lower one first, so shards have an even length.
/// </summary>
public readonly struct GaloisField65536 : IGaloisField<ushort>
{
    public const int Polynomial = 0x1100B;

    private static readonly FieldTables Tables = new(16, Polynomial, 2);

    public static int Bits => 16;

    public static ushort Multiply(ushort a, ushort b) => (ushort)Tables.Multiply(a, b);

    /// <inheritdoc/>
    public static ushort Inverse(ushort a) => (ushort)Tables.Inverse(a);
}
