namespace Headroom.Kernel.Statistics;

/// <summary>Count, mean and variance in one pass [welford1962], mergeable [chan1979]. A mutable struct.</summary>
public struct Moments : IEquatable<Moments>
{
    private double _m2;

    /// <summary>The smallest value; 0 where there is none.</summary>
    public double Smallest { get; private set; }

    public long Count { get; private set; }

    public double Mean { get; private set; }

    public void Add(double value)
    {
        Smallest = Count == 0 ? value : Math.Min(Smallest, value);
        Count++;
        double delta = value - Mean;
        Mean += delta / Count;
        _m2 += delta * (value - Mean);
    }

    public void Merge(Moments other)
    {
        if (other.Count == 0)
        {
            return;
        }

        Smallest = Count == 0 ? other.Smallest : Math.Min(Smallest, other.Smallest);
        long count = Count + other.Count;
        double delta = other.Mean - Mean;
        _m2 += other._m2 + (delta * delta * Count * other.Count / count);
        Mean += delta * other.Count / count;
        Count = count;
    }

    /// <summary>The unbiased variance; 0 below two values.</summary>
    public readonly double Variance => Count < 2 ? 0 : _m2 / (Count - 1);

    public readonly double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Standard error of the mean; 0 below two values.</summary>
    public readonly double StandardError => Count < 2 ? 0 : Math.Sqrt(Variance / Count);

    /// <summary>
    /// Student's interval for the mean of independent values: mean ± t(count - 1) s / sqrt(count). Where no value is negative, as of times, counts and bytes, what lies below 0 is left out: no such quantity has a negative mean,
    /// so that the interval holds it as often as before; and one of differences that reached below 0 still reaches it. Below two values: unbounded, because nothing is known.
    /// </summary>
    public readonly Interval MeanInterval(double confidence)
    {
        if (Count < 2)
        {
            return new Interval(double.NegativeInfinity, double.PositiveInfinity);
        }

        double t = Distributions.StudentTQuantile(0.5 + (confidence / 2), Count - 1);
        double low = Mean - (t * StandardError);
        return new Interval(Smallest >= 0 ? Math.Max(0, low) : low, Mean + (t * StandardError));
    }

    public static Moments Of(ReadOnlySpan<double> values)
    {
        var moments = new Moments();
        foreach (double value in values)
        {
            moments.Add(value);
        }

        return moments;
    }

    public readonly bool Equals(Moments other) => Count == other.Count && Mean == other.Mean && _m2 == other._m2 && Smallest == other.Smallest;

    public override readonly bool Equals(object? obj) => obj is Moments other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Count, Mean, _m2, Smallest);

    public static bool operator ==(Moments left, Moments right) => left.Equals(right);

    public static bool operator !=(Moments left, Moments right) => !left.Equals(right);
}
