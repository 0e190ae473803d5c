namespace Headroom.Kernel.Statistics;

/// <summary>
/// The line y = intercept + slope x of least squares, with intervals by Student's t on count - 2 degrees of freedom: they hold where the errors are
/// independent, normal and of one size, and the line is the right shape as far as it is drawn.
/// </summary>
public sealed record LineFit
{
    private readonly double _meanX;
    private readonly double _squaresX;
    private readonly double _residual;

    private LineFit(int count, double meanX, double squaresX, double slope, double intercept, double residual)
    {
        Count = count;
        Slope = slope;
        Intercept = intercept;
        (_meanX, _squaresX, _residual) = (meanX, squaresX, residual);
    }

    public int Count { get; }

    public double Slope { get; }

    public double Intercept { get; }

    /// <summary>Standard deviation of the points about the line.</summary>
    public double Residual => _residual;

    /// <summary>At least three points, of which two differ in x.</summary>
    public static LineFit Of(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(xs.Length, 3, nameof(xs));
        ArgumentOutOfRangeException.ThrowIfNotEqual(ys.Length, xs.Length, nameof(ys));
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            meanX += xs[i] / xs.Length;
            meanY += ys[i] / xs.Length;
        }

        double squaresX = 0;
        double products = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            squaresX += (xs[i] - meanX) * (xs[i] - meanX);
            products += (xs[i] - meanX) * (ys[i] - meanY);
        }

        if (!(squaresX > 0))
        {
            throw new ArgumentException("the points have one x in common; no line is given by them", nameof(xs));
        }

        double slope = products / squaresX;
        double intercept = meanY - (slope * meanX);
        double squares = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            double off = ys[i] - intercept - (slope * xs[i]);
            squares += off * off;
        }

        return new LineFit(xs.Length, meanX, squaresX, slope, intercept, Math.Sqrt(squares / (xs.Length - 2)));
    }

    public double At(double x) => Intercept + (Slope * x);

    public Interval SlopeInterval(double confidence) => Around(Slope, _residual / Math.Sqrt(_squaresX), confidence);

    /// <summary>Where another point at x would lie: s sqrt(1 + 1/n + (x - mean)^2 / S_xx) times t to either side.</summary>
    public Interval PredictionInterval(double x, double confidence) =>
        Around(At(x), _residual * Math.Sqrt(1 + (1.0 / Count) + ((x - _meanX) * (x - _meanX) / _squaresX)), confidence);

    private Interval Around(double centre, double standardError, double confidence)
    {
        double half = Distributions.StudentTQuantile(0.5 + (confidence / 2), Count - 2) * standardError;
        return new Interval(centre - half, centre + half);
    }
}
