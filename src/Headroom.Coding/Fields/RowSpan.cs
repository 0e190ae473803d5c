using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Headroom.Coding.Fields;

/// <summary>
/// A growing subspace of the vectors over a field, in echelon form, which remembers how each of its rows came from those added. Adding, testing and
/// expressing a row are O(columns rank).
/// </summary>
public class RowSpan<TField, T>
    where TField : struct, IGaloisField<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    /// <summary>By pivot column: a row whose first non-zero entry is a 1 there, followed by its combination of the added rows; or null.</summary>
    private readonly T[]?[] _byPivot;
    private readonly int _columns;

    public RowSpan(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        _columns = columns;
        _byPivot = new T[columns][];
    }

    /// <summary>How many rows were taken in: those that were not in the subspace when they came.</summary>
    public int Rank { get; private set; }

    /// <summary>True when the row was not in the subspace; it is now.</summary>
    public bool Add(ReadOnlySpan<T> row)
    {
        T[] rest = Extended(row);
        int pivot = Reduce(rest);
        if (pivot == _columns)
        {
            return false;
        }

        rest[_columns + Rank] = T.One;
        T scale = TField.Inverse(rest[pivot]);
        for (int j = pivot; j < rest.Length; j++)
        {
            rest[j] = TField.Multiply(rest[j], scale);
        }

        _byPivot[pivot] = rest;
        Rank++;
        return true;
    }

    public bool Contains(ReadOnlySpan<T> row) => Reduce(Extended(row)) == _columns;

    /// <summary>The one combination of the rows taken in, in their order, that gives the row; false when it is not in the subspace.</summary>
    public bool TryExpress(ReadOnlySpan<T> row, [NotNullWhen(true)] out T[]? coefficients)
    {
        T[] rest = Extended(row);
        bool inside = Reduce(rest) == _columns;
        coefficients = inside ? rest[_columns..(_columns + Rank)] : null;
        return inside;
    }

    private T[] Extended(ReadOnlySpan<T> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, _columns);
        T[] extended = new T[2 * _columns];
        row.CopyTo(extended);
        return extended;
    }

    /// <summary>Removes from the row what lies in the subspace, up to its first pivot outside; returns that pivot, or the number of columns.</summary>
    private int Reduce(Span<T> rest)
    {
        for (int j = 0; j < _columns; j++)
        {
            if (rest[j] == T.Zero)
            {
                continue;
            }

            if (_byPivot[j] is not { } row)
            {
                return j;
            }

            Buffers<TField, T>.MultiplyAdd(rest[j], MemoryMarshal.AsBytes<T>(row), MemoryMarshal.AsBytes(rest));
        }

        return _columns;
    }
}
