namespace Headroom.Coding.Fields;

/// <summary>A matrix over <see cref="GaloisField65536"/>, immutable, row by row.</summary>
public sealed class Matrix65536 : Matrix<Matrix65536, GaloisField65536, ushort>, IMatrix<Matrix65536, ushort>
{
    public Matrix65536(int rows, int columns, Func<int, int, ushort> entry)
        : base(rows, columns, entry)
    {
    }

    private Matrix65536(int rows, int columns, ushort[] entries)
        : base(rows, columns, entries)
    {
    }

    static Matrix65536 IMatrix<Matrix65536, ushort>.Of(int rows, int columns, ushort[] entries) => new(rows, columns, entries);
}
