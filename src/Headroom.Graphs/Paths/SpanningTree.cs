namespace Headroom.Graphs.Paths;

/// <summary>Minimum spanning trees of graphs whose edges go both ways.</summary>
public static class SpanningTree
{
    /// <summary>
    /// Prim's algorithm from the root over outgoing edges: the edge by which each node joins (-1 for the root), or null when a node cannot be
    /// reached. Minimal when every edge has a twin of equal length the other way; ties go to the lower edge index. O((n + m) log n).
    /// </summary>
    public static int[]? Minimum(DirectedGraph graph, int root, ReadOnlySpan<double> lengths)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lengths.Length, graph.EdgeCount);
        int[] joinedBy = new int[graph.NodeCount];
        bool[] joined = new bool[graph.NodeCount];
        Array.Fill(joinedBy, -1);
        var queue = new PriorityQueue<int, (double Length, int Edge)>();
        int count = 0;
        for (int node = root; node >= 0; node = Next(graph, queue, joined, joinedBy))
        {
            joined[node] = true;
            count++;
            foreach (int edge in graph.OutEdges(node))
            {
                if (!joined[graph.Heads[edge]])
                {
                    queue.Enqueue(edge, (lengths[edge], edge));
                }
            }
        }

        return count == graph.NodeCount ? joinedBy : null;
    }

    private static int Next(DirectedGraph graph, PriorityQueue<int, (double Length, int Edge)> queue, bool[] joined, int[] joinedBy)
    {
        while (queue.TryDequeue(out int edge, out _))
        {
            int head = graph.Heads[edge];
            if (!joined[head])
            {
                joinedBy[head] = edge;
                return head;
            }
        }

        return -1;
    }
}
