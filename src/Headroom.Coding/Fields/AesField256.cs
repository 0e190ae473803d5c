namespace Headroom.Coding.Fields;

/// <summary>
/// GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1 (0x11B), the field of AES and of the instruction GF2P8MULB. 3, that is x + 1, generates the
/// multiplicative group; 2 does not.
/// </summary>
public readonly struct AesField256 : IGaloisField<byte>
{
    public const int Polynomial = 0x11B;

    private static readonly FieldTables Tables = new(8, Polynomial, 3);

    public static int Bits => 8;

    public static byte Multiply(byte a, byte b) => (byte)Tables.Multiply(a, b);

    /// <inheritdoc/>
    public static byte Inverse(byte a) => (byte)Tables.Inverse(a);
}
