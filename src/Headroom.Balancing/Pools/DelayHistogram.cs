namespace Headroom.Balancing.Pools;

/// <summary>
/// Counts of positive times in buckets of the binary exponent and the first five bits of the fraction (each bucket at most 1/32 wide, relatively), from
/// 2^-40 to 2^24 seconds; what lies outside counts at the ends. No logarithm is taken and no order matters.
/// </summary>
public sealed class DelayHistogram
{
    private const int LeastExponent = -40;
    private const int MostExponent = 24;
    private const int Shift = 52 - 5;
    private const long First = (long)(LeastExponent + 1023) << 5;
    private readonly long[] _counts = new long[(MostExponent - LeastExponent) << 5];

    public long Count { get; private set; }

    public void Add(ReadOnlySpan<double> timesS)
    {
        long[] counts = _counts;
        foreach (double time in timesS)
        {
            long bucket = (BitConverter.DoubleToInt64Bits(time) >> Shift) - First;
            counts[(int)Math.Clamp(bucket, 0, counts.Length - 1)]++;
        }

        Count += timesS.Length;
    }

    /// <summary>The share of times above the lower end of the first bucket that holds one (all), then above each bucket's upper end up to the last but one.</summary>
    public IReadOnlyList<(double TimeS, double Share)> Survival()
    {
        var points = new List<(double TimeS, double Share)>();
        long left = Count;
        for (int i = 0; i < _counts.Length && left > 0; i++)
        {
            if (points.Count == 0)
            {
                if (_counts[i] == 0)
                {
                    continue;
                }

                points.Add((BitConverter.Int64BitsToDouble((First + i) << Shift), 1));
            }

            left -= _counts[i];
            if (left > 0)
            {
                points.Add((BitConverter.Int64BitsToDouble((First + i + 1) << Shift), (double)left / Count));
            }
        }

        return points;
    }
}
