namespace Headroom.Kernel.Statistics;

/// <summary>A closed interval, low at most high.</summary>
public readonly record struct Interval(double Low, double High)
{
    public bool Contains(double value) => value >= Low && value <= High;

    public double Width => High - Low;

    public static Interval Point(double value) => new(value, value);
}
