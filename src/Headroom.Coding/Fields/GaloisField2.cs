namespace Headroom.Coding.Fields;

/// <summary>GF(2): 0 and 1. Coefficients are bytes of 0 or 1; a buffer's byte holds eight elements, and every kernel is exclusive or alone.</summary>
public readonly struct GaloisField2 : IGaloisField<byte>
{
    public static int Bits => 1;

    public static byte Multiply(byte a, byte b) => (byte)(a & b);

    /// <inheritdoc/>
    public static byte Inverse(byte a)
    {
        ArgumentOutOfRangeException.ThrowIfZero(a);
        return a;
    }
}
