namespace Headroom.Graphs.Paths;

/// <summary>Distances in hops. O(n + m) a source.</summary>
public static class BreadthFirst
{
    /// <summary>Hops from the source to each node; -1 where it cannot be reached.</summary>
    public static int[] Hops(DirectedGraph graph, int source)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int[] hops = new int[graph.NodeCount];
        int[] queue = new int[graph.NodeCount];
        Fill(graph, source, hops, queue);
        return hops;
    }

    /// <summary>The most hops from the source to any node, or null when some node cannot be reached.</summary>
    public static int? Eccentricity(DirectedGraph graph, int source)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Eccentricity(graph, source, new int[graph.NodeCount], new int[graph.NodeCount]);
    }

    /// <summary>The largest eccentricity, or null when the graph is not strongly connected (or empty). O(n (n + m)).</summary>
    public static int? Diameter(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int[] hops = new int[graph.NodeCount];
        int[] queue = new int[graph.NodeCount];
        int? diameter = null;
        for (int source = 0; source < graph.NodeCount; source++)
        {
            if (Eccentricity(graph, source, hops, queue) is not { } eccentricity)
            {
                return null;
            }

            diameter = Math.Max(diameter ?? 0, eccentricity);
        }

        return diameter;
    }

    private static int? Eccentricity(DirectedGraph graph, int source, int[] hops, int[] queue)
    {
        int reached = Fill(graph, source, hops, queue);
        return reached == graph.NodeCount ? hops[queue[reached - 1]] : null;
    }

    /// <summary>Nodes reached; they stand in the queue by ascending distance.</summary>
    private static int Fill(DirectedGraph graph, int source, int[] hops, int[] queue)
    {
        Array.Fill(hops, -1);
        hops[source] = 0;
        queue[0] = source;
        int end = 1;
        for (int at = 0; at < end; at++)
        {
            int node = queue[at];
            foreach (int edge in graph.OutEdges(node))
            {
                int head = graph.Heads[edge];
                if (hops[head] < 0)
                {
                    hops[head] = hops[node] + 1;
                    queue[end++] = head;
                }
            }
        }

        return end;
    }
}
