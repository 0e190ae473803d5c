using Headroom.Audit.Report;
using Headroom.Kernel.Randomness;

namespace Headroom.Audit.Comparisons.Rows;

/// <summary>What a comparison gave, with everything needed to say it again.</summary>
public sealed record ComparisonResult
{
    /// <summary>What was compared: <c>broadcast</c>.</summary>
    public required string Subject { get; init; }

    public required Seed Seed { get; init; }

    public required string Command { get; init; }

    /// <summary>The units of the axes, in the order of the columns; an empty unit for names and counts.</summary>
    public required IReadOnlyList<(string Axis, string Unit)> Axes { get; init; }

    /// <summary>The metrics with their meaning.</summary>
    public required IReadOnlyList<(string Metric, string Unit, string Meaning)> Metrics { get; init; }

    public required IReadOnlyList<ComparisonGroup> Groups { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The plots of the report.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; init; } = [];

    /// <summary>True when the user ended it: the groups hold what was finished.</summary>
    public bool WasInterrupted { get; init; }

    /// <summary>What is compared, in the singular: the first axis.</summary>
    public string Noun => Axes.Count > 0 ? Axes[0].Axis : "strategy";

    public IEnumerable<ComparisonCell> Cells => Groups.SelectMany(group => group.Cells);

    public IEnumerable<ComparisonRow> Rows => Cells.SelectMany(cell => cell.Rows);

    public IEnumerable<ComparisonRow> Violations => Rows.Where(row => row.IsViolated);
}
