namespace Headroom.Graphs.Paths;

/// <summary>
/// Dijkstra's algorithm over buffers that are kept between runs: for callers that solve the same graph again and again. Not for use by two
/// threads at once. Ties as in <see cref="Dijkstra"/>. Lengths are at least 0, infinite where an edge is closed; they are not checked here.
/// </summary>
public sealed class ShortestPathSolver
{
    private readonly DirectedGraph _graph;
    private readonly double[] _distances;
    private readonly int[] _hops;
    private readonly int[] _edges;
    private readonly int[] _order;
    private readonly int[] _heap;
    private readonly int[] _place;
    private int _reached;
    private int _heapCount;

    public ShortestPathSolver(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _graph = graph;
        _distances = new double[graph.NodeCount];
        _hops = new int[graph.NodeCount];
        _edges = new int[graph.NodeCount];
        _order = new int[graph.NodeCount];
        _heap = new int[graph.NodeCount];
        _place = new int[graph.NodeCount];
    }

    /// <summary>Distance of each node in the last run; infinite where no path leads.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>Hops of each node's path.</summary>
    public ReadOnlySpan<int> Hops => _hops;

    /// <summary>The tree's edge at each node; -1 at the root and where no path leads.</summary>
    public ReadOnlySpan<int> Edges => _edges;

    /// <summary>The reached nodes by ascending distance.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, _reached);

    /// <summary>Shortest paths from the root, or towards it.</summary>
    public void Run(int root, ReadOnlySpan<double> lengths, bool towardsRoot)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lengths.Length, _graph.EdgeCount);
        Array.Fill(_distances, double.PositiveInfinity);
        Array.Fill(_edges, -1);
        Array.Fill(_place, -1);
        Array.Clear(_hops);
        ReadOnlySpan<int> ends = towardsRoot ? _graph.Tails : _graph.Heads;
        _distances[root] = 0;
        _reached = 0;
        _heapCount = 0;
        Raise(root);
        while (_heapCount > 0)
        {
            int node = Pop();
            _order[_reached++] = node;
            foreach (int edge in towardsRoot ? _graph.InEdges(node) : _graph.OutEdges(node))
            {
                if (Improves(ends[edge], _distances[node] + lengths[edge], _hops[node] + 1, edge))
                {
                    Raise(ends[edge]);
                }
            }
        }
    }

    /// <summary>A settled node is never improved: its distance and hops are at most those of any later one, and every edge adds a hop.</summary>
    private bool Improves(int node, double distance, int hops, int edge)
    {
        double known = _distances[node];
        if (distance > known || double.IsPositiveInfinity(distance))
        {
            return false;
        }

        if (distance == known && (hops > _hops[node] || (hops == _hops[node] && edge > _edges[node])))
        {
            return false;
        }

        _distances[node] = distance;
        _hops[node] = hops;
        _edges[node] = edge;
        return true;
    }

    private bool Before(int a, int b)
    {
        double x = _distances[a];
        double y = _distances[b];
        return x < y || (x == y && (_hops[a] < _hops[b] || (_hops[a] == _hops[b] && a < b)));
    }

    /// <summary>Puts a node in, or moves it up after its key fell.</summary>
    private void Raise(int node)
    {
        int at = _place[node] < 0 ? _heapCount++ : _place[node];
        while (at > 0)
        {
            int above = (at - 1) >> 1;
            if (!Before(node, _heap[above]))
            {
                break;
            }

            _heap[at] = _heap[above];
            _place[_heap[at]] = at;
            at = above;
        }

        _heap[at] = node;
        _place[node] = at;
    }

    private int Pop()
    {
        int top = _heap[0];
        int last = _heap[--_heapCount];
        int at = 0;
        while (true)
        {
            int below = (2 * at) + 1;
            if (below >= _heapCount)
            {
                break;
            }

            if (below + 1 < _heapCount && Before(_heap[below + 1], _heap[below]))
            {
                below++;
            }

            if (!Before(_heap[below], last))
            {
                break;
            }

            _heap[at] = _heap[below];
            _place[_heap[at]] = at;
            at = below;
        }

        _heap[at] = last;
        _place[last] = at;
        return top;
    }
}
