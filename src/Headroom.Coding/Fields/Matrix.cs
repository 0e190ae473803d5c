using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using Headroom.Coding.Fields.Kernels;

namespace Headroom.Coding.Fields;

/// <summary>A matrix over a field, immutable, row by row: the algebra that all fields share.</summary>
/// <typeparam name="TMatrix">The matrices of one field: <see cref="Matrix256"/>, <see cref="Matrix65536"/>.</typeparam>
/// <typeparam name="TField">The field.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Called on the field's own matrices.")]
public abstract class Matrix<TMatrix, TField, T>
    where TMatrix : Matrix<TMatrix, TField, T>, IMatrix<TMatrix, T>
    where TField : struct, IGaloisField<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly T[] _entries;
    private MatrixKernel? _kernel;

    protected Matrix(int rows, int columns, Func<int, int, T> entry)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(entry);
        (Rows, Columns) = (rows, columns);
        _entries = new T[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                _entries[(i * columns) + j] = entry(i, j);
            }
        }
    }

    /// <summary>Takes the entries over, row by row.</summary>
    private protected Matrix(int rows, int columns, T[] entries) => (Rows, Columns, _entries) = (rows, columns, entries);

    public int Rows { get; }

    public int Columns { get; }

    public T this[int row, int column] => _entries[(row * Columns) + column];

    /// <summary>This matrix compiled for whole buffers, at the first use.</summary>
    public MatrixKernel Kernel => _kernel ??= MatrixKernel.Of<TField, T>(Rows, Columns, (i, j) => this[i, j]);

    public ReadOnlySpan<T> Row(int row) => _entries.AsSpan(row * Columns, Columns);

    public static TMatrix Identity(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var entries = new T[size * size];
        for (int i = 0; i < size; i++)
        {
            entries[(i * size) + i] = T.One;
        }

        return TMatrix.Of(size, size, entries);
    }

    /// <summary>The rows of those indices, in that order.</summary>
    public TMatrix Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var entries = new T[rows.Count * Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            Row(rows[i]).CopyTo(entries.AsSpan(i * Columns));
        }

        return TMatrix.Of(rows.Count, Columns, entries);
    }

    /// <summary>This times the other: O(rows columns other.columns).</summary>
    public TMatrix Multiply(TMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Rows, Columns);
        T[] product = new T[Rows * other.Columns];
        for (int i = 0; i < Rows; i++)
        {
            Span<T> row = product.AsSpan(i * other.Columns, other.Columns);
            for (int j = 0; j < Columns; j++)
            {
                AddMultiple(this[i, j], other.Row(j), row);
            }
        }

        return TMatrix.Of(Rows, other.Columns, product);
    }

    /// <summary>The inverse by Gauss and Jordan, O(size^3); false when the matrix is singular.</summary>
    /// <exception cref="InvalidOperationException">The matrix is not square.</exception>
    public bool TryInvert([NotNullWhen(true)] out TMatrix? inverse)
    {
        if (Rows != Columns)
        {
            throw new InvalidOperationException($"a matrix of {Rows} x {Columns} has no inverse");
        }

        int size = Rows;
        T[] left = [.. _entries];
        T[] right = [.. Identity(size)._entries];
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            while (pivot < size && left[(pivot * size) + column] == T.Zero)
            {
                pivot++;
            }

            if (pivot == size)
            {
                inverse = null;
                return false;
            }

            SwapRows(left, pivot, column, size);
            SwapRows(right, pivot, column, size);
            T scale = TField.Inverse(left[(column * size) + column]);
            ScaleRow(left.AsSpan(column * size, size), scale);
            ScaleRow(right.AsSpan(column * size, size), scale);
            for (int row = 0; row < size; row++)
            {
                T factor = left[(row * size) + column];
                if (row != column && factor != T.Zero)
                {
                    AddMultiple(factor, left.AsSpan(column * size, size), left.AsSpan(row * size, size));
                    AddMultiple(factor, right.AsSpan(column * size, size), right.AsSpan(row * size, size));
                }
            }
        }

        inverse = TMatrix.Of(size, size, right);
        return true;
    }

    /// <summary>The first rows, in the given order, that are linearly independent: at most <see cref="Columns"/> of them.</summary>
    public IReadOnlyList<int> IndependentRows(IEnumerable<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var chosen = new List<int>();
        var span = new RowSpan<TField, T>(Columns);
        foreach (int row in order)
        {
            if (chosen.Count == Columns)
            {
                break;
            }

            if (span.Add(Row(row)))
            {
                chosen.Add(row);
            }
        }

        return chosen;
    }

    public int Rank() => IndependentRows(Enumerable.Range(0, Rows)).Count;

    private static void AddMultiple(T factor, ReadOnlySpan<T> source, Span<T> target) =>
        Buffers<TField, T>.MultiplyAdd(factor, MemoryMarshal.AsBytes(source), MemoryMarshal.AsBytes(target));

    private static void SwapRows(T[] entries, int a, int b, int size)
    {
        for (int j = 0; a != b && j < size; j++)
        {
            (entries[(a * size) + j], entries[(b * size) + j]) = (entries[(b * size) + j], entries[(a * size) + j]);
        }
    }

    private static void ScaleRow(Span<T> row, T scale)
    {
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = TField.Multiply(row[j], scale);
        }
    }
}
