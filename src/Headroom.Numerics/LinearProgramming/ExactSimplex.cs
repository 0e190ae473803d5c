using System.Diagnostics;
using System.Numerics;

namespace Headroom.Numerics.LinearProgramming;

/// <summary>
/// Maximises c x under A x &lt;= b, x &gt;= 0 in whole numbers, b &gt;= 0: the simplex method from x = 0 with integer pivoting ([edmonds1967], [bareiss1968]):
/// with p the pivot and D the one before, every other entry becomes (t p - s r)/D, which leaves no remainder because entries are minors of A. Entries have at
/// most about rows x bits(A) bits; a pivot is O(rows columns) products of such numbers.
/// </summary>
public sealed class ExactSimplex
{
    /// <summary>Rows of A with b behind them; last the negated objective with its value. All over <see cref="_determinant"/>.</summary>
    private readonly BigInteger[][] _tableau;

    /// <summary>Columns first, then slacks: what stands in a row, what in a column.</summary>
    private readonly int[] _basic;
    private readonly int[] _outside;
    private readonly int _rows;
    private readonly int _columns;
    private BigInteger _determinant = BigInteger.One;

    private ExactSimplex(IReadOnlyList<BigInteger> objective, IReadOnlyList<IReadOnlyList<BigInteger>> rows, IReadOnlyList<BigInteger> limits)
    {
        (_rows, _columns) = (rows.Count, objective.Count);
        _basic = [.. Enumerable.Range(_columns, _rows)];
        _outside = [.. Enumerable.Range(0, _columns)];
        _tableau = [.. rows.Select((row, i) => (BigInteger[])[.. row, limits[i]]), [.. objective.Select(c => -c), BigInteger.Zero]];
    }

    /// <summary>The optimum, or that there is none. Ends always: Bland's rule ([bland1977]) after a pivot that gains nothing, the steepest coefficient otherwise.</summary>
    /// <exception cref="ArgumentException">Rows of another length than the objective, as many limits as rows are missing, a limit below zero.</exception>
    public static LinearOutcome Maximise(IReadOnlyList<BigInteger> objective, IReadOnlyList<IReadOnlyList<BigInteger>> rows, IReadOnlyList<BigInteger> limits)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(limits);
        if (rows.Count != limits.Count || rows.Any(row => row.Count != objective.Count))
        {
            throw new ArgumentException($"{rows.Count} rows, {limits.Count} limits and {objective.Count} columns do not make a program", nameof(rows));
        }

        if (limits.Any(limit => limit.Sign < 0))
        {
            throw new ArgumentException("a limit below zero: x = 0 must be allowed", nameof(limits));
        }

        return new ExactSimplex(objective, rows, limits).Solve();
    }

    private LinearOutcome Solve()
    {
        bool stalled = false;
        while (Entering(stalled) is var column and >= 0)
        {
            int row = Leaving(column);
            if (row < 0)
            {
                return new LinearOutcome.Unbounded();
            }

            stalled = _tableau[row][_columns].IsZero;
            Pivot(row, column);
        }

        var point = new BigInteger[_columns];
        var prices = new BigInteger[_rows];
        for (int i = 0; i < _rows; i++)
        {
            if (_basic[i] < _columns)
            {
                point[_basic[i]] = _tableau[i][_columns];
            }
        }

        for (int j = 0; j < _columns; j++)
        {
            if (_outside[j] >= _columns)
            {
                prices[_outside[j] - _columns] = _tableau[_rows][j];
            }
        }

        return new LinearOutcome.Optimal(_tableau[_rows][_columns], point, prices, _determinant);
    }

    /// <summary>A column that gains: the steepest, or under Bland's rule the first by number; -1 at the optimum.</summary>
    private int Entering(bool bland)
    {
        int best = -1;
        for (int j = 0; j < _columns; j++)
        {
            BigInteger reduced = _tableau[_rows][j];
            if (reduced.Sign < 0 && (best < 0 || (bland ? _outside[j] < _outside[best] : reduced < _tableau[_rows][best])))
            {
                best = j;
            }
        }

        return best;
    }

    /// <summary>The row that limits the column first, of several the one whose variable has the least number; -1 where none does.</summary>
    private int Leaving(int column)
    {
        int best = -1;
        for (int i = 0; i < _rows; i++)
        {
            if (_tableau[i][column].Sign <= 0)
            {
                continue;
            }

            int order = best < 0 ? -1
                : (_tableau[i][_columns] * _tableau[best][column]).CompareTo(_tableau[best][_columns] * _tableau[i][column]);
            if (order < 0 || (order == 0 && _basic[i] < _basic[best]))
            {
                best = i;
            }
        }

        return best;
    }

    private void Pivot(int row, int column)
    {
        BigInteger pivot = _tableau[row][column];
        BigInteger[] pivotRow = _tableau[row];
        for (int i = 0; i <= _rows; i++)
        {
            BigInteger[] entries = _tableau[i];
            BigInteger factor = entries[column];
            if (i == row)
            {
                continue;
            }

            for (int j = 0; j <= _columns; j++)
            {
                if (j != column)
                {
                    entries[j] = BigInteger.DivRem((entries[j] * pivot) - (factor * pivotRow[j]), _determinant, out BigInteger remainder);
                    Debug.Assert(remainder.IsZero, "entries are minors");
                }
            }

            entries[column] = -factor;
        }

        pivotRow[column] = _determinant;
        _determinant = pivot;
        (_basic[row], _outside[column]) = (_outside[column], _basic[row]);
    }
}
