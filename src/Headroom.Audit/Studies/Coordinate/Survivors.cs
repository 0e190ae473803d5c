using Headroom.Graphs.Paths;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Members that a leader leaves behind: their links, and which members of the whole they are.</summary>
public sealed record Survivors(Topology Topology, IReadOnlyList<int> Members)
{
    /// <summary>Links from the best-placed member to the one farthest from it.</summary>
    public int Radius => Topology.Graph is { } graph ? Enumerable.Range(0, graph.NodeCount).Min(node => BreadthFirst.Eccentricity(graph, node) ?? 0) : Math.Min(1, Members.Count - 1);
}
