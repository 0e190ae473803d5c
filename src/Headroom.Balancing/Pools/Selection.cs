namespace Headroom.Balancing.Pools;

/// <summary>Order statistics without sorting.</summary>
public static class Selection
{
    /// <summary>
    /// The value of that rank (0 the least) by Hoare's selection, pivot the median of three; the span is left partly ordered. O(n) on average; the values
    /// are never NaN.
    /// </summary>
    public static double Nth(Span<double> values, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, values.Length);
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            double a = values[low];
            double b = values[low + ((high - low) / 2)];
            double c = values[high];
            double pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            int i = low;
            int j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
            {
                high = j;
            }
            else if (rank >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }
}
