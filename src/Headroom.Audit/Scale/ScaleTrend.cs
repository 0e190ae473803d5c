using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Statistics;

namespace Headroom.Audit.Scale;

/// <summary>The law that a quantity is fitted to.</summary>
public enum ScaleLaw
{
    /// <summary>c n^e: a line in logarithms.</summary>
    Power,

    /// <summary>c + e ln n.</summary>
    Logarithm,
}

/// <summary>How a quantity grows with the number of members n, fitted to runs of several sizes, and drawn on to a size nobody runs.</summary>
public sealed record ScaleTrend
{
    public const double Confidence = 0.95;

    private readonly LineFit _fit;

    private ScaleTrend(string quantity, string unit, ScaleLaw law, LineFit fit)
    {
        Quantity = quantity;
        Unit = unit;
        Law = law;
        _fit = fit;
    }

    public string Quantity { get; }

    public string Unit { get; }

    public ScaleLaw Law { get; }

    public int Points => _fit.Count;

    /// <summary>The exponent of a power law; what a factor e in members adds in the other.</summary>
    public double Growth => _fit.Slope;

    public Interval GrowthInterval => _fit.SlopeInterval(Confidence);

    public static ScaleTrend Of(string quantity, string unit, ScaleLaw law, IReadOnlyList<ScalePoint> points, Func<ScalePoint, double> value)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] xs = [.. points.Select(point => Elementary.Log(point.Members))];
        double[] ys = [.. points.Select(point => law == ScaleLaw.Power ? Elementary.Log(value(point)) : value(point))];
        return new ScaleTrend(quantity, unit, law, LineFit.Of(xs, ys));
    }

    /// <summary>What a run of so many members would show.</summary>
    public double At(double members)
    {
        double y = _fit.At(Elementary.Log(members));
        return Law == ScaleLaw.Power ? Elementary.Exp(y) : y;
    }

    /// <summary>Where a run of so many members would lie, if the law holds as far.</summary>
    public Interval Within(double members)
    {
        Interval interval = _fit.PredictionInterval(Elementary.Log(members), Confidence);
        return Law == ScaleLaw.Power ? new Interval(Elementary.Exp(interval.Low), Elementary.Exp(interval.High)) : interval;
    }
}
