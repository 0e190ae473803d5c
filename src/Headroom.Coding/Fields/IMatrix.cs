namespace Headroom.Coding.Fields;

/// <summary>How the algebra of matrices makes one of its own kind.</summary>
public interface IMatrix<TMatrix, T>
    where TMatrix : IMatrix<TMatrix, T>
{
    /// <summary>Takes the entries over, row by row.</summary>
    static abstract TMatrix Of(int rows, int columns, T[] entries);
}
