namespace Headroom.Audit.Report;

/// <summary>What a mark in a plot stands for: its colour and its place in the legend follow.</summary>
public enum Role
{
    Candidate,
    Now,
    Best,
    Limit,
    Claimed,
}

/// <summary>An axis: what is plotted, its unit, and whether it is logarithmic.</summary>
public sealed record Axis(string Label, string Unit, bool IsLog = false);

/// <summary>A plot as data; the report draws it and says in words what has no place on an axis (zero on a logarithmic one, the infinite).</summary>
public abstract record Exhibit(string Title, string Caption);

public sealed record LineSeries(string Name, IReadOnlyList<(double X, double Y)> Points, Role Role = Role.Candidate);

/// <summary>Curves: delivery over time, a delay's survival function.</summary>
public sealed record LineExhibit(string Title, string Caption, Axis X, Axis Y, IReadOnlyList<LineSeries> Series) : Exhibit(Title, Caption);

public sealed record Bar(string Name, double Value, Role Role = Role.Candidate)
{
    public double? Low { get; init; }

    public double? High { get; init; }
}

/// <summary>Values by name: bytes by codec.</summary>
public sealed record BarExhibit(string Title, string Caption, Axis Value, IReadOnlyList<Bar> Bars) : Exhibit(Title, Caption);

public sealed record ScatterPoint(string Name, double X, double Y, Role Role = Role.Candidate, bool MeetsGoals = true);

/// <summary>A line across the plot at a limit or a goal.</summary>
public sealed record Guide(bool IsVertical, double Value, string Label);

/// <summary>Two metrics against each other: loss against overhead.</summary>
public sealed record ScatterExhibit(string Title, string Caption, Axis X, Axis Y, IReadOnlyList<ScatterPoint> Points, IReadOnlyList<Guide> Guides) : Exhibit(Title, Caption);

/// <summary>A place on the map: longitude and latitude in degrees, or any plane coordinates.</summary>
public sealed record MapNode(string Name, double X, double Y);

/// <summary>A link between nodes by index, coloured by its value.</summary>
public sealed record MapLink(int From, int To, double Value, string Label);

/// <summary>A network on the map: utilisation per link.</summary>
public sealed record MapExhibit(string Title, string Caption, Axis Value, IReadOnlyList<MapNode> Nodes, IReadOnlyList<MapLink> Links) : Exhibit(Title, Caption);
