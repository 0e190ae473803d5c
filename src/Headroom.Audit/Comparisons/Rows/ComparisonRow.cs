using Headroom.Kernel.Findings;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>One metric of one strategy in one cell of a grid.</summary>
public sealed record ComparisonRow
{
    public required IReadOnlyList<Coordinate> Coordinates { get; init; }

    /// <summary>Trials behind the measured values; 0 for a closed form.</summary>
    public required int Trials { get; init; }

    public required string Metric { get; init; }

    public required string Unit { get; init; }

    public required TheoryCases? Theory { get; init; }

    public required Measured? Measured { get; init; }

    public required Method Method { get; init; }

    public required RowFloor Floor { get; init; }

    public double? RatioToTheory => Ratio(Theory?.Average);

    public double? RatioToFloor => Ratio(Floor.Value);

    public bool IsViolated => Floor.Verdict == Verdict.Violated;

    private double? Ratio(double? to) => Measured is { } measured && to is { } value && value != 0 && double.IsFinite(value) && double.IsFinite(measured.Mean)
        ? measured.Mean / value
        : null;
}

/// <summary>The floor beside a row: which theorem, its value, and the verdict; no value where no theorem speaks, and why.</summary>
public sealed record RowFloor(string? Bound, double? Value, Verdict Verdict, string Reason)
{
    public static RowFloor None(string reason) => new(null, null, Verdict.OutsideRegime, reason);
}
