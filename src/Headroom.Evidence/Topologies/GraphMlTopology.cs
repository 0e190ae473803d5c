using Headroom.Graphs;

namespace Headroom.Evidence.Topologies;

/// <summary>A network read from GraphML, and how many of its edges took the capacity that was handed in because the file states none.</summary>
public sealed record GraphMlTopology(DirectedGraph Graph, int EdgesWithoutCapacity);
