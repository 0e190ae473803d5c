namespace Headroom.Audit.Comparisons.Rows;

/// <summary>All strategies in one cell of a grid, in one setting, and which of them we would take.</summary>
public sealed record ComparisonGroup
{
    /// <summary>The setting in words.</summary>
    public required string Setting { get; init; }

    public required IReadOnlyList<ComparisonCell> Cells { get; init; }

    /// <summary>Null where nothing was run.</summary>
    public required Recommendation? Recommendation { get; init; }
}

/// <summary>Which strategy, by what criterion, and what it gives up.</summary>
public sealed record Recommendation(string Strategy, string Criterion, string Reason, string GivesUp);
