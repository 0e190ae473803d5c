namespace Headroom.Graphs.Paths;

/// <summary>A path as its edges in the order they are travelled, with its length.</summary>
public sealed record GraphPath(IReadOnlyList<int> Edges, double Length);
