using System.Buffers.Binary;
using System.Numerics;

namespace Headroom.Coding.Fields.Kernels;

/// <summary>Compiles coefficients: a product with c maps the bytes of an element linearly over GF(2), by one <see cref="ByteMatrix"/> for each byte in and byte out.</summary>
internal static class Coefficient
{
    /// <summary>Sixteen bits: four maps of two tables of sixteen bytes.</summary>
    public const int BytesMax = 128;

    private const int AffineBytes = 8;
    private const int TableBytes = 32;

    /// <summary>Bytes of a compiled coefficient.</summary>
    public static int Bytes(int elementBytes, KernelPath path) => elementBytes * elementBytes * (path == KernelPath.Gfni512 ? AffineBytes : TableBytes);

    /// <summary>Byte by byte in, and for each byte by byte out.</summary>
    public static void Compile<TField, T>(T coefficient, KernelPath path, Span<byte> compiled)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        int elementBytes = TField.Bits / 8;
        Span<byte> images = stackalloc byte[8];
        Span<int> products = stackalloc int[8];
        for (int input = 0; input < elementBytes; input++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                products[bit] = int.CreateTruncating(TField.Multiply(coefficient, T.One << ((8 * input) + bit)));
            }

            for (int output = 0; output < elementBytes; output++)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    images[bit] = (byte)(products[bit] >> (8 * output));
                }

                if (path == KernelPath.Gfni512)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(compiled, ByteMatrix.AffineOperand(images));
                    compiled = compiled[AffineBytes..];
                }
                else
                {
                    ByteMatrix.NibbleTables(images, compiled);
                    compiled = compiled[TableBytes..];
                }
            }
        }
    }
}
