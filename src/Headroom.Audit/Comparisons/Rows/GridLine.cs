namespace Headroom.Audit.Comparisons.Rows;

/// <summary>The settings of a grid that differ from one of them in a single axis, one for each of its values, ascending.</summary>
internal sealed class GridLine
{
    private readonly string _axis;

    /// <param name="groups">All settings; the line goes through the first.</param>
    /// <param name="axis">What differs.</param>
    /// <param name="following">Axes that follow from the others, and may differ too.</param>
    public GridLine(IReadOnlyList<ComparisonGroup> groups, string axis, params string[] following)
    {
        _axis = axis;
        Coordinate[] Others(ComparisonGroup group) => [.. group.Cells[0].Coordinates.Skip(1).Where(c => c.Axis != axis && !following.Contains(c.Axis))];
        Coordinate[] first = groups.Count == 0 ? [] : Others(groups[0]);
        Settings = [.. groups.Where(g => Others(g).SequenceEqual(first)).DistinctBy(Number).OrderBy(Number)];
    }

    public IReadOnlyList<ComparisonGroup> Settings { get; }

    public IEnumerable<string> Strategies => Settings.SelectMany(g => g.Cells).Select(c => c.Strategy).Distinct();

    /// <summary>What a strategy shows at each value of the axis where it was measured.</summary>
    public List<(double X, double Y)> Points(string strategy, Func<ComparisonCell, double?> figure) =>
        [.. Settings.Select(g => (X: Number(g), Y: g.Cells.FirstOrDefault(c => c.Strategy == strategy) is { } cell ? figure(cell) : null)).Where(p => p.Y is not null).Select(p => (p.X, p.Y!.Value))];

    public double Number(ComparisonGroup group) => group.Cells[0].Coordinates.First(c => c.Axis == _axis).Number ?? 0;
}
