namespace Headroom.Coding.Fields;

/// <summary>A matrix over <see cref="GaloisField256"/>, immutable, row by row.</summary>
public sealed class Matrix256 : Matrix<Matrix256, GaloisField256, byte>, IMatrix<Matrix256, byte>
{
    public Matrix256(int rows, int columns, Func<int, int, byte> entry)
        : base(rows, columns, entry)
    {
    }

    private Matrix256(int rows, int columns, byte[] entries)
        : base(rows, columns, entries)
    {
    }

    static Matrix256 IMatrix<Matrix256, byte>.Of(int rows, int columns, byte[] entries) => new(rows, columns, entries);
}
