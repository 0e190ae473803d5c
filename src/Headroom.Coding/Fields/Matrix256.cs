using System.Diagnostics.CodeAnalysis;

namespace Headroom.Coding.Fields;

/// <summary>A matrix over <see cref="GaloisField256"/>, immutable, row by row.</summary>
public sealed class Matrix256
{
    private readonly byte[] _entries;

    public Matrix256(int rows, int columns, Func<int, int, byte> entry)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(entry);
        (Rows, Columns) = (rows, columns);
        _entries = new byte[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                _entries[(i * columns) + j] = entry(i, j);
            }
        }
    }

    private Matrix256(int rows, int columns, byte[] entries) => (Rows, Columns, _entries) = (rows, columns, entries);

    public int Rows { get; }

    public int Columns { get; }

    public byte this[int row, int column] => _entries[(row * Columns) + column];

    public ReadOnlySpan<byte> Row(int row) => _entries.AsSpan(row * Columns, Columns);

    public static Matrix256 Identity(int size) => new(size, size, (i, j) => i == j ? (byte)1 : (byte)0);

    /// <summary>The rows of those indices, in that order.</summary>
    public Matrix256 Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Matrix256(rows.Count, Columns, (i, j) => this[rows[i], j]);
    }

    /// <summary>This times the other: O(rows columns other.columns).</summary>
    public Matrix256 Multiply(Matrix256 other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Rows, Columns);
        byte[] product = new byte[Rows * other.Columns];
        for (int i = 0; i < Rows; i++)
        {
            Span<byte> row = product.AsSpan(i * other.Columns, other.Columns);
            for (int j = 0; j < Columns; j++)
            {
                GaloisField256.MultiplyAdd(this[i, j], other.Row(j), row);
            }
        }

        return new Matrix256(Rows, other.Columns, product);
    }

    /// <summary>The inverse by Gauss and Jordan, O(size^3); false when the matrix is singular.</summary>
    /// <exception cref="InvalidOperationException">The matrix is not square.</exception>
    public bool TryInvert([NotNullWhen(true)] out Matrix256? inverse)
    {
        if (Rows != Columns)
        {
            throw new InvalidOperationException($"a matrix of {Rows} x {Columns} has no inverse");
        }

        int size = Rows;
        byte[] left = [.. _entries];
        byte[] right = [.. Identity(size)._entries];
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            while (pivot < size && left[(pivot * size) + column] == 0)
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
            byte scale = GaloisField256.Inverse(left[(column * size) + column]);
            ScaleRow(left.AsSpan(column * size, size), scale);
            ScaleRow(right.AsSpan(column * size, size), scale);
            for (int row = 0; row < size; row++)
            {
                byte factor = left[(row * size) + column];
                if (row != column && factor != 0)
                {
                    GaloisField256.MultiplyAdd(factor, left.AsSpan(column * size, size), left.AsSpan(row * size, size));
                    GaloisField256.MultiplyAdd(factor, right.AsSpan(column * size, size), right.AsSpan(row * size, size));
                }
            }
        }

        inverse = new Matrix256(size, size, right);
        return true;
    }

    /// <summary>The first rows, in the given order, that are linearly independent: at most <see cref="Columns"/> of them.</summary>
    public IReadOnlyList<int> IndependentRows(IEnumerable<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var chosen = new List<int>();
        var span = new RowSpan256(Columns);
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

    private static void SwapRows(byte[] entries, int a, int b, int size)
    {
        for (int j = 0; a != b && j < size; j++)
        {
            (entries[(a * size) + j], entries[(b * size) + j]) = (entries[(b * size) + j], entries[(a * size) + j]);
        }
    }

    private static void ScaleRow(Span<byte> row, byte scale)
    {
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = GaloisField256.Multiply(row[j], scale);
        }
    }
}
