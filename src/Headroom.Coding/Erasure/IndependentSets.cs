using Headroom.Coding.Fields;

namespace Headroom.Coding.Erasure;

/// <summary>Counts the independent sets of columns of each size, by a walk over all sets that carries the elimination along and stops at the first dependence.</summary>
internal static class IndependentSets
{
    /// <summary>A least dependent set of at most so many columns, in ascending order, the first in the order of sets; null when all are independent.</summary>
    public static int[]? FirstDependent(byte[][] columns, int largest)
    {
        for (int size = 1; size <= largest; size++)
        {
            int[] set = new int[size];
            if (Search(columns, 0, 0, set, new byte[size, columns[0].Length], new int[size]))
            {
                return set;
            }
        }

        return null;
    }

    /// <summary>Whether some set of just that size is dependent although its first members are not.</summary>
    private static bool Search(byte[][] columns, int first, int depth, int[] set, byte[,] basis, int[] pivots)
    {
        int height = basis.GetLength(1);
        for (int next = first; next <= columns.Length - (set.Length - depth); next++)
        {
            Load(columns[next], basis, depth);
            set[depth] = next;
            pivots[depth] = Reduce(basis, depth, pivots);
            if (depth == set.Length - 1 ? pivots[depth] == height : pivots[depth] < height && Search(columns, next + 1, depth + 1, set, basis, pivots))
            {
                return true;
            }
        }

        return false;
    }

    private static void Load(byte[] column, byte[,] basis, int row)
    {
        for (int j = 0; j < column.Length; j++)
        {
            basis[row, j] = column[j];
        }
    }

    /// <summary>Entry j: how many sets of j columns are independent, j = 0 … largest. O(sets j height).</summary>
    public static IReadOnlyList<long> Count(byte[][] columns, int largest)
    {
        long[] counts = new long[largest + 1];
        counts[0] = 1;
        int height = columns.Length == 0 ? 0 : columns[0].Length;
        Walk(columns, 0, 0, counts, new byte[largest, height], new int[largest]);
        return counts;
    }

    /// <summary>Row i of the basis has a 1 at pivots[i] and zeros at the pivots before it.</summary>
    private static void Walk(byte[][] columns, int first, int depth, long[] counts, byte[,] basis, int[] pivots)
    {
        if (depth == pivots.Length)
        {
            return;
        }

        int height = basis.GetLength(1);
        for (int next = first; next < columns.Length; next++)
        {
            Load(columns[next], basis, depth);
            int pivot = Reduce(basis, depth, pivots);
            if (pivot < height)
            {
                counts[depth + 1]++;
                pivots[depth] = pivot;
                Walk(columns, next + 1, depth + 1, counts, basis, pivots);
            }
        }
    }

    private static int Reduce(byte[,] basis, int row, int[] pivots)
    {
        int height = basis.GetLength(1);
        for (int i = 0; i < row; i++)
        {
            byte factor = basis[row, pivots[i]];
            for (int j = 0; factor != 0 && j < height; j++)
            {
                basis[row, j] ^= GaloisField256.Multiply(factor, basis[i, j]);
            }
        }

        int pivot = 0;
        while (pivot < height && basis[row, pivot] == 0)
        {
            pivot++;
        }

        byte scale = pivot < height ? GaloisField256.Inverse(basis[row, pivot]) : (byte)1;
        for (int j = 0; scale != 1 && j < height; j++)
        {
            basis[row, j] = GaloisField256.Multiply(scale, basis[row, j]);
        }

        return pivot;
    }
}
