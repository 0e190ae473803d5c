namespace Headroom.Information.Models;

/// <summary>The expected length of an optimal prefix code ([huffman1952]).</summary>
public static class HuffmanLength
{
    /// <summary>Sum of the merged weights, in bits per symbol; 0 for a single symbol, which needs no word, as do symbols of weight 0. O(n log n).</summary>
    public static double Of(ReadOnlySpan<double> p)
    {
        var open = new PriorityQueue<double, double>();
        foreach (double weight in p)
        {
            if (weight > 0)
            {
                open.Enqueue(weight, weight);
            }
        }

        double total = 0;
        while (open.Count > 1)
        {
            double merged = open.Dequeue() + open.Dequeue();
            total += merged;
            open.Enqueue(merged, merged);
        }

        return total;
    }
}
