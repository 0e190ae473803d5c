using Headroom.Kernel.Arithmetic;

namespace Headroom.Kernel.Statistics;

/// <summary>
/// A mergeable quantile sketch with relative error: DDSketch [masson2019], logarithmic buckets of ratio
/// (1+a)/(1-a). Any quantile of positive values is off by at most the factor 1 ± a; values below the smallest positive normal count as
/// zero, infinite values as infinite. Merging is exact, so the order of merging cannot change a result.
/// </summary>
public sealed class QuantileSketch
{
    private readonly SortedDictionary<int, long> _buckets = [];
    private readonly double _logRatio;
    private long _zeros;
    private long _infinities;

    public QuantileSketch(double relativeAccuracy = 0.005)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(relativeAccuracy);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(relativeAccuracy, 1);
        RelativeAccuracy = relativeAccuracy;
        _logRatio = Elementary.Log((1 + relativeAccuracy) / (1 - relativeAccuracy));
    }

    public double RelativeAccuracy { get; }

    public long Count { get; private set; }

    public void Add(double value, long times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        Count += times;
        if (double.IsPositiveInfinity(value))
        {
            _infinities += times;
        }
        else if (value < 2.2250738585072014e-308)
        {
            _zeros += times;
        }
        else
        {
            int bucket = (int)Math.Ceiling(Elementary.Log(value) / _logRatio);
            _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + times;
        }
    }

    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.RelativeAccuracy != RelativeAccuracy)
        {
            throw new ArgumentException("sketches of different accuracy do not merge", nameof(other));
        }

        Count += other.Count;
        _zeros += other._zeros;
        _infinities += other._infinities;
        foreach ((int bucket, long count) in other._buckets)
        {
            _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
        }
    }

    /// <summary>The value of rank floor(q (count-1)), to the stated relative accuracy.</summary>
    public double Quantile(double q)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(q, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        long rank = (long)(q * (Count - 1));
        if (rank < _zeros)
        {
            return 0;
        }

        long seen = _zeros;
        foreach ((int bucket, long count) in _buckets)
        {
            seen += count;
            if (rank < seen)
            {
                // The middle of the bucket in relative terms: 2 r^i / (r + 1).
                return 2 * Elementary.Exp(bucket * _logRatio) / (Elementary.Exp(_logRatio) + 1);
            }
        }

        return double.PositiveInfinity;
    }
}
