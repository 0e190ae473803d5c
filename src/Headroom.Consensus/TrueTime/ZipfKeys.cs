using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.TrueTime;

/// <summary>Draws different keys, each with weight (key + 1)^-s. O(log keys) a draw.</summary>
internal sealed class ZipfKeys
{
    private readonly double[] _sums;

    public ZipfKeys(int keys, double exponent)
    {
        _sums = new double[keys];
        double sum = 0;
        for (int key = 0; key < keys; key++)
        {
            _sums[key] = sum += Elementary.Pow(key + 1, -exponent);
        }
    }

    /// <summary>Different keys; with a number above 1, such that differ modulo it too.</summary>
    public void Draw(List<int> into, int count, int apart, ref RandomStream random)
    {
        into.Clear();
        while (into.Count < count)
        {
            int at = Array.BinarySearch(_sums, random.NextDouble() * _sums[^1]);
            int key = Math.Min(at >= 0 ? at + 1 : ~at, _sums.Length - 1);
            if (!into.Exists(other => apart > 1 ? other % apart == key % apart : other == key))
            {
                into.Add(key);
            }
        }
    }
}
