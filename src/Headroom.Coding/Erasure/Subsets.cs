namespace Headroom.Coding.Erasure;

/// <summary>Subsets of 0 … n-1 in lexicographic order.</summary>
internal static class Subsets
{
    /// <summary>n choose size, exact below 2^53.</summary>
    public static double Count(int n, int size)
    {
        double count = 1;
        for (int i = 0; i < size; i++)
        {
            count = count * (n - i) / (i + 1);
        }

        return count;
    }

    /// <summary>Each subset of that size. The same array is handed out every time.</summary>
    public static IEnumerable<int[]> Of(int n, int size)
    {
        int[] set = [.. Enumerable.Range(0, size)];
        while (true)
        {
            yield return set;
            int i = size - 1;
            while (i >= 0 && set[i] == n - size + i)
            {
                i--;
            }

            if (i < 0)
            {
                yield break;
            }

            set[i]++;
            for (int j = i + 1; j < size; j++)
            {
                set[j] = set[j - 1] + 1;
            }
        }
    }
}
