namespace Headroom.Graphs.Flows;

/// <summary>
/// A maximum flow from source to sink and the cut that proves it: <see cref="IsOnSourceSide"/> marks one side, and the capacity of
/// the edges that leave it equals <see cref="Value"/>. An infinite value (a path of unlimited edges) carries no cut and no edge flows.
/// </summary>
public sealed class MaximumFlow
{
    internal MaximumFlow(double value, double[] edgeFlows, bool[] sourceSide)
    {
        Value = value;
        EdgeFlows = edgeFlows;
        IsOnSourceSide = sourceSide;
    }

    public double Value { get; }

    public IReadOnlyList<double> EdgeFlows { get; }

    public IReadOnlyList<bool> IsOnSourceSide { get; }

    /// <summary>The flow from source to sink under the graph's capacities. Dinic's algorithm, O(n^2 m) [dinic1970].</summary>
    public static MaximumFlow Between(DirectedGraph graph, int source, int sink)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(source);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(source, graph.NodeCount);
        ArgumentOutOfRangeException.ThrowIfNegative(sink);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sink, graph.NodeCount);
        ArgumentOutOfRangeException.ThrowIfEqual(sink, source);
        return new Dinic(graph, source, sink).Run();
    }

    /// <summary>The edges that cross from the source's side to the sink's.</summary>
    public IReadOnlyList<int> CutEdges(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var edges = new List<int>();
        for (int edge = 0; edge < graph.EdgeCount && IsOnSourceSide.Count > 0; edge++)
        {
            if (IsOnSourceSide[graph.Tails[edge]] && !IsOnSourceSide[graph.Heads[edge]])
            {
                edges.Add(edge);
            }
        }

        return edges;
    }
}
