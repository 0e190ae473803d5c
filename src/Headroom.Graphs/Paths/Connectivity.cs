namespace Headroom.Graphs.Paths;

/// <summary>Who can reach whom.</summary>
public static class Connectivity
{
    /// <summary>The strongly connected component of each node, numbered by their smallest nodes. Tarjan's algorithm without recursion, O(n + m).</summary>
    public static int[] StrongComponents(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int n = graph.NodeCount;
        int[] index = new int[n];
        int[] low = new int[n];
        int[] raw = new int[n];
        int[] position = new int[n];
        Array.Fill(raw, -1);
        var open = new Stack<int>();
        var calls = new Stack<int>();
        int visited = 0;
        int components = 0;
        for (int start = 0; start < n; start++)
        {
            if (index[start] != 0)
            {
                continue;
            }

            calls.Push(start);
            while (calls.TryPeek(out int node))
            {
                if (index[node] == 0)
                {
                    index[node] = low[node] = ++visited;
                    open.Push(node);
                }

                int child = NextUnvisited(graph, node, index, low, raw, position);
                if (child >= 0)
                {
                    calls.Push(child);
                    continue;
                }

                calls.Pop();
                if (calls.TryPeek(out int parent))
                {
                    low[parent] = Math.Min(low[parent], low[node]);
                }

                if (low[node] == index[node])
                {
                    Close(open, node, raw, components++);
                }
            }
        }

        return Renumber(raw, components);
    }

    /// <summary>True when every node reaches every other; a graph without nodes is connected.</summary>
    public static bool IsStronglyConnected(DirectedGraph graph) => StrongComponents(graph).AsSpan().IndexOfAnyExcept(0) < 0;

    private static int NextUnvisited(DirectedGraph graph, int node, int[] index, int[] low, int[] raw, int[] position)
    {
        ReadOnlySpan<int> edges = graph.OutEdges(node);
        while (position[node] < edges.Length)
        {
            int head = graph.Heads[edges[position[node]++]];
            if (index[head] == 0)
            {
                return head;
            }

            if (raw[head] < 0)
            {
                low[node] = Math.Min(low[node], index[head]);
            }
        }

        return -1;
    }

    private static void Close(Stack<int> open, int root, int[] raw, int component)
    {
        int node;
        do
        {
            node = open.Pop();
            raw[node] = component;
        }
        while (node != root);
    }

    private static int[] Renumber(int[] raw, int components)
    {
        int[] names = new int[components];
        Array.Fill(names, -1);
        int next = 0;
        int[] result = new int[raw.Length];
        for (int node = 0; node < raw.Length; node++)
        {
            if (names[raw[node]] < 0)
            {
                names[raw[node]] = next++;
            }

            result[node] = names[raw[node]];
        }

        return result;
    }
}
