namespace Headroom.Graphs;

/// <summary>A place on a map: longitude and latitude in degrees where the source has them, otherwise any plane.</summary>
public readonly record struct Coordinate(double X, double Y);
