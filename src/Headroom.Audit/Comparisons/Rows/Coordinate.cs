namespace Headroom.Audit.Comparisons.Rows;

/// <summary>Where a row stands in the grid: a number in the unit that the document states (infinite allowed), or a name; neither where the axis says nothing.</summary>
public readonly record struct Coordinate(string Axis, double? Number, string? Text)
{
    public static Coordinate Of(string axis, double? number) => new(axis, number, null);

    public static Coordinate Of(string axis, string text) => new(axis, null, text);
}
