namespace Headroom.Audit.Comparisons.Rows;

/// <summary>
/// A mean with its 95 % interval and its 99th percentile, all of which may be infinite; the interval of one random trial, or a percentile that
/// nobody measured, is null.
/// </summary>
public readonly record struct Measured(double Mean, double? Low, double? High, double? P99)
{
    public static Measured Exactly(double value, double? p99) => new(value, value, value, p99);
}
