using System.Diagnostics.CodeAnalysis;

namespace Headroom.Coding.Fields;

/// <summary>
/// A growing subspace of GF(2^8)^columns in echelon form, which remembers how each of its rows came from those added. Adding, testing and
/// expressing a row are O(columns rank).
/// </summary>
public sealed class RowSpan256
{
    /// <summary>By pivot column: a row whose first non-zero entry is a 1 there, followed by its combination of the added rows; or null.</summary>
    private readonly byte[]?[] _byPivot;
    private readonly int _columns;

    public RowSpan256(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        _columns = columns;
        _byPivot = new byte[columns][];
    }

    /// <summary>How many rows were taken in: those that were not in the subspace when they came.</summary>
    public int Rank { get; private set; }

    /// <summary>True when the row was not in the subspace; it is now.</summary>
    public bool Add(ReadOnlySpan<byte> row)
    {
        byte[] rest = Extended(row);
        int pivot = Reduce(rest);
        if (pivot == _columns)
        {
            return false;
        }

        rest[_columns + Rank] = 1;
        byte scale = GaloisField256.Inverse(rest[pivot]);
        for (int j = pivot; j < rest.Length; j++)
        {
            rest[j] = GaloisField256.Multiply(rest[j], scale);
        }

        _byPivot[pivot] = rest;
        Rank++;
        return true;
    }

    public bool Contains(ReadOnlySpan<byte> row) => Reduce(Extended(row)) == _columns;

    /// <summary>The one combination of the rows taken in, in their order, that gives the row; false when it is not in the subspace.</summary>
    public bool TryExpress(ReadOnlySpan<byte> row, [NotNullWhen(true)] out byte[]? coefficients)
    {
        byte[] rest = Extended(row);
        bool inside = Reduce(rest) == _columns;
        coefficients = inside ? rest[_columns..(_columns + Rank)] : null;
        return inside;
    }

    private byte[] Extended(ReadOnlySpan<byte> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, _columns);
        byte[] extended = new byte[2 * _columns];
        row.CopyTo(extended);
        return extended;
    }

    /// <summary>Removes from the row what lies in the subspace, up to its first pivot outside; returns that pivot, or the number of columns.</summary>
    private int Reduce(Span<byte> rest)
    {
        for (int j = 0; j < _columns; j++)
        {
            if (rest[j] == 0)
            {
                continue;
            }

            if (_byPivot[j] is not { } row)
            {
                return j;
            }

            GaloisField256.MultiplyAdd(rest[j], row, rest);
        }

        return _columns;
    }
}
