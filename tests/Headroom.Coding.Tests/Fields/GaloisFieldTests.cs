using System.Numerics;
using Headroom.Coding.Fields;

namespace Headroom.Coding.Tests.Fields;

/// <summary>The fields against products of polynomials, reduced bit by bit.</summary>
public sealed class GaloisFieldTests
{
    [Fact]
    public void ProductsAreThoseOfPolynomialsModulo11D() => EveryProduct<GaloisField256>(0x11D);

    [Fact]
    public void ProductsAreThoseOfPolynomialsModulo11B()
    {
        EveryProduct<AesField256>(0x11B);
        AesField256.Multiply(0x57, 0x83).ShouldBe((byte)0xC1); // FIPS 197, section 4.2
        AesField256.Inverse(0x53).ShouldBe((byte)0xCA);
    }

    [Fact]
    public void ProductsAreThoseOfPolynomialsModulo1100B()
    {
        for (int a = 0; a < 65536; a += 1 + (a / 7))
        {
            for (int b = 0; b < 65536; b += 251)
            {
                GaloisField65536.Multiply((ushort)a, (ushort)b).ShouldBe((ushort)SchoolProduct(a, b, 16, 0x1100B));
            }
        }
    }

    [Fact]
    public void EveryElementButZeroHasItsInverse()
    {
        EveryInverse<GaloisField2, byte>(2);
        EveryInverse<GaloisField256, byte>(256);
        EveryInverse<AesField256, byte>(256);
        EveryInverse<GaloisField65536, ushort>(65536);
    }

    [Fact]
    public void AGeneratorThatGeneratesLessIsRefused() =>
        Should.Throw<ArgumentException>(() => new FieldTables(8, 0x11B, 2)).Message.ShouldContain("2 generates 51 elements modulo 0x11B, not 255");

    /// <summary>Lengths on both sides of where the kernel takes over.</summary>
    [Fact]
    public void MultiplyAddAddsTheProductAtEveryLengthAndOffset()
    {
        MultiplyAdd<GaloisField256, byte>([0, 1, 2, 29, 128, 255]);
        MultiplyAdd<AesField256, byte>([0, 1, 2, 29, 128, 255]);
        MultiplyAdd<GaloisField65536, ushort>([0, 1, 2, 0x1234, 0xFFFF]);
    }

    [Fact]
    public void OverTwoMultiplyAddIsExclusiveOrOrNothing()
    {
        byte[] source = KernelDigest.Bytes(100, 1);
        byte[] target = KernelDigest.Bytes(100, 2);
        byte[] expected = [.. target.Zip(source, (a, b) => (byte)(a ^ b))];
        Buffers<GaloisField2, byte>.MultiplyAdd(0, source, target);
        Buffers<GaloisField2, byte>.MultiplyAdd(1, source, target);
        target.ShouldBe(expected);
    }

    [Fact]
    public void UnequalLengthsAndPartsOfElementsAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => GaloisField256.MultiplyAdd(3, new byte[4], new byte[5]));
        Should.Throw<ArgumentException>(() => Buffers<GaloisField65536, ushort>.MultiplyAdd(3, new byte[5], new byte[5])).Message.ShouldContain("5 bytes");
    }

    [Fact]
    public void ADotProductIsTheSumOfItsProducts()
    {
        byte[][] sources = [KernelDigest.Bytes(77, 1), KernelDigest.Bytes(77, 2), KernelDigest.Bytes(77, 3)];
        byte[] sum = new byte[77];
        Buffers<GaloisField256, byte>.DotProduct([5, 1, 77], [sources[0], sources[1], sources[2]], sum);
        for (int at = 0; at < 77; at++)
        {
            sum[at].ShouldBe((byte)(GaloisField256.Multiply(5, sources[0][at]) ^ sources[1][at] ^ GaloisField256.Multiply(77, sources[2][at])));
        }
    }

    private static void EveryProduct<TField>(int polynomial)
        where TField : struct, IGaloisField<byte>
    {
        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
            {
                TField.Multiply((byte)a, (byte)b).ShouldBe((byte)SchoolProduct(a, b, 8, polynomial));
            }
        }
    }

    private static void EveryInverse<TField, T>(int elements)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        for (int a = 1; a < elements; a++)
        {
            T element = T.CreateChecked(a);
            TField.Multiply(element, TField.Inverse(element)).ShouldBe(T.One);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => TField.Inverse(T.Zero));
    }

    private static void MultiplyAdd<TField, T>(T[] coefficients)
        where TField : struct, IGaloisField<T>
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        int size = TField.Bits / 8;
        foreach (T coefficient in coefficients)
        {
            for (int length = 0; length <= 3 * KernelDigest.LengthMax; length += size)
            {
                int offset = length % 7;
                byte[] source = KernelDigest.Bytes(offset + length, 1);
                byte[] target = KernelDigest.Bytes(offset + length, 2);
                byte[] expected = [.. target];
                for (int at = offset; at < offset + length; at += size)
                {
                    T x = T.ReadLittleEndian(source.AsSpan(at, size), isUnsigned: true);
                    T sum = T.ReadLittleEndian(expected.AsSpan(at, size), isUnsigned: true) ^ TField.Multiply(coefficient, x);
                    sum.WriteLittleEndian(expected, at);
                }

                Buffers<TField, T>.MultiplyAdd(coefficient, source.AsSpan(offset), target.AsSpan(offset));
                target.AsSpan().SequenceEqual(expected).ShouldBeTrue($"{typeof(TField).Name}, {coefficient}, {length} bytes");
            }
        }
    }

    private static int SchoolProduct(int a, int b, int bits, int polynomial)
    {
        int product = 0;
        for (int bit = bits - 1; bit >= 0; bit--)
        {
            product <<= 1;
            product ^= (product >> bits) != 0 ? polynomial : 0;
            product ^= ((b >> bit) & 1) != 0 ? a : 0;
        }

        return product;
    }
}
