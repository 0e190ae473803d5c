namespace Headroom.Audit.Comparisons.Rows;

/// <summary>One strategy in one cell of a grid: its rows, and what stands beside them.</summary>
public sealed record ComparisonCell
{
    public required string Strategy { get; init; }

    public required IReadOnlyList<Coordinate> Coordinates { get; init; }

    public required IReadOnlyList<ComparisonRow> Rows { get; init; }

    /// <summary>Further measures with their meaning, such as memory for each member.</summary>
    public required IReadOnlyList<(string Name, string Unit, double? Value, string Meaning)> Further { get; init; }

    /// <summary>Why it was not run here, or what the reader must know; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>A curve to draw: for a broadcast, the share delivered over time in seconds.</summary>
    public IReadOnlyList<(double X, double Y)> Curve { get; init; } = [];

    public ComparisonRow? Row(string metric) => Rows.FirstOrDefault(row => row.Metric == metric);

    public double? FurtherOf(string name) => Further.FirstOrDefault(f => f.Name == name).Value;
}
