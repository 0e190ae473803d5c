namespace Headroom.Kernel.Statistics;

/// <summary>Count, mean and variance in one pass [welford1962], mergeable [chan1979]. A mutable struct.</summary>
public struct Moments : IEquatable<Moments>
{
    private double _m2;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    public void Add(double value)
    {
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

    /// <summary>Student's interval for the mean of independent values. Below two values: unbounded, because nothing is known.</summary>
    public readonly Interval MeanInterval(double confidence)
    {
        if (Count < 2)
        {
            return new Interval(double.NegativeInfinity, double.PositiveInfinity);
        }

        double t = Distributions.StudentTQuantile(0.5 + (confidence / 2), Count - 1);
        return new Interval(Mean - (t * StandardError), Mean + (t * StandardError));
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

    public readonly bool Equals(Moments other) => Count == other.Count && Mean == other.Mean && _m2 == other._m2;

    public override readonly bool Equals(object? obj) => obj is Moments other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Count, Mean, _m2);

    public static bool operator ==(Moments left, Moments right) => left.Equals(right);

    public static bool operator !=(Moments left, Moments right) => !left.Equals(right);
}
