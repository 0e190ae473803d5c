using Headroom.Kernel.Statistics;

namespace Headroom.Kernel.Findings;

/// <summary>
/// A value, its 95 % interval, its provenance. A statistical estimate carries the standard error and the number of independent values
/// behind it, so that a violation can be judged at 1 - 10^-6 rather than at 95 %. A value may be infinite (never reached), not NaN.
/// </summary>
public sealed record Estimate
{
    private Estimate(double value, double low, double high, Provenance provenance)
    {
        if (double.IsNaN(value) || double.IsNaN(low) || double.IsNaN(high))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "an estimate is a number");
        }

        (Value, Low, High, Provenance) = (value, low, high, provenance);
    }

    public double Value { get; }

    public double Low { get; }

    public double High { get; }

    public Provenance Provenance { get; }

    /// <summary>Standard error of <see cref="Value"/>; 0 for a deterministic value.</summary>
    public double StandardError { get; private init; }

    /// <summary>Independent values behind it; 0 for a deterministic value.</summary>
    public long Samples { get; private init; }

    /// <summary>A statistical value with an interval from order statistics or counts, for which no standard error speaks.</summary>
    public bool IsStatistical => Samples > 0;

    public static Estimate Exact(double value, Provenance provenance) => new(value, value, value, provenance);

    /// <summary>The mean of independent values with Student's 95 % interval.</summary>
    public static Estimate Mean(Moments moments, Provenance provenance)
    {
        ArgumentOutOfRangeException.ThrowIfZero(moments.Count);
        if (moments.Count == 1 || moments.Variance == 0)
        {
            return new Estimate(moments.Mean, moments.Mean, moments.Mean, provenance) { Samples = moments.Count };
        }

        Interval interval = moments.MeanInterval(0.95);
        return new Estimate(moments.Mean, interval.Low, interval.High, provenance) { StandardError = moments.StandardError, Samples = moments.Count };
    }

    /// <summary>A value with a 95 % interval found otherwise (order statistics, Clopper-Pearson, batch means) over so many independent values.</summary>
    public static Estimate Between(double value, Interval interval, long samples, Provenance provenance) =>
        new(value, Math.Min(interval.Low, value), Math.Max(interval.High, value), provenance) { Samples = samples };

    /// <summary>The estimate of a times the value plus b; the interval turns over when a is negative.</summary>
    public Estimate Scaled(double a, double b = 0, Provenance? provenance = null)
    {
        double x = (a * Low) + b;
        double y = (a * High) + b;
        return new Estimate((a * Value) + b, Math.Min(x, y), Math.Max(x, y), provenance ?? Provenance)
        {
            StandardError = Math.Abs(a) * StandardError,
            Samples = Samples,
        };
    }

    public Estimate From(Provenance provenance) => new(Value, Low, High, provenance) { StandardError = StandardError, Samples = Samples };

    /// <summary>
    /// The end of the one-sided interval of the given error (10^-6 over the number of findings): for a floor the highest plausible value
    /// (+1), for a ceiling the lowest (-1). Without a standard error the 95 % half width is widened as a normal one would be.
    /// </summary>
    public double Extreme(int direction, double error)
    {
        if (!IsStatistical)
        {
            return Value;
        }

        if (Samples < 2)
        {
            return direction > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        }

        if (StandardError > 0)
        {
            return Value + (direction * Distributions.StudentTQuantile(1 - error, Samples - 1) * StandardError);
        }

        double half = direction > 0 ? High - Value : Value - Low;
        return Value + (direction * half * -Distributions.NormalQuantile(error) / 1.959963984540054);
    }
}
