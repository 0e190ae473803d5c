using System.Diagnostics;

namespace Headroom.Graphs.Paths;

/// <summary>
/// A* towards one target with some nodes and edges closed, led by the distances without closures: they never overestimate, so the first path
/// that arrives is shortest. Ties by fewer hops, then lower node.
/// </summary>
internal sealed class GuidedSearch(ShortestPathTree towardsTarget, double[] lengths)
{
    private readonly DirectedGraph _graph = towardsTarget.Graph;
    private readonly double[] _distances = new double[towardsTarget.Graph.NodeCount];
    private readonly int[] _edges = new int[towardsTarget.Graph.NodeCount];
    private readonly int[] _hops = new int[towardsTarget.Graph.NodeCount];
    private readonly int[] _seenIn = new int[towardsTarget.Graph.NodeCount];
    private readonly bool[] _settled = new bool[towardsTarget.Graph.NodeCount];
    private readonly int[] _nodeClosedIn = new int[towardsTarget.Graph.NodeCount];
    private readonly int[] _edgeClosedIn = new int[towardsTarget.Graph.EdgeCount];
    private readonly PriorityQueue<int, (double Estimate, int Hops, int Node)> _queue = new();
    private int _run;
    private int _nodeEpoch = 1;
    private int _edgeEpoch = 1;

    public void Reset()
    {
        _nodeEpoch++;
        _edgeEpoch++;
    }

    public void ReopenEdges() => _edgeEpoch++;

    public void CloseNode(int node) => _nodeClosedIn[node] = _nodeEpoch;

    public void CloseEdge(int edge) => _edgeClosedIn[edge] = _edgeEpoch;

    public double Length(IReadOnlyList<int> edges)
    {
        double sum = 0;
        foreach (int edge in edges)
        {
            sum += lengths[edge];
        }

        return sum;
    }

    /// <summary>The edges of a shortest path from the node over what is open, or null.</summary>
    public int[]? From(int start)
    {
        _run++;
        _queue.Clear();
        Touch(start, 0, 0, -1);
        while (_queue.TryDequeue(out int node, out _))
        {
            if (_settled[node])
            {
                continue;
            }

            _settled[node] = true;
            if (node == towardsTarget.Root)
            {
                return PathTo(node);
            }

            foreach (int edge in _graph.OutEdges(node))
            {
                int head = _graph.Heads[edge];
                if (_edgeClosedIn[edge] != _edgeEpoch && _nodeClosedIn[head] != _nodeEpoch && towardsTarget.Reaches(head) && !double.IsPositiveInfinity(lengths[edge]))
                {
                    Touch(head, _distances[node] + lengths[edge], _hops[node] + 1, edge);
                }
            }
        }

        return null;
    }

    private void Touch(int node, double distance, int hops, int edge)
    {
        bool isNew = _seenIn[node] != _run;
        if (!isNew && (_settled[node] || distance > _distances[node] || (distance == _distances[node] && hops >= _hops[node])))
        {
            return;
        }

        _seenIn[node] = _run;
        _settled[node] = false;
        _distances[node] = distance;
        _hops[node] = hops;
        _edges[node] = edge;
        _queue.Enqueue(node, (distance + towardsTarget.Distances[node], hops, node));
    }

    private int[] PathTo(int node)
    {
        int[] path = new int[_hops[node]];
        for (int i = path.Length - 1; i >= 0; i--)
        {
            path[i] = _edges[node];
            node = _graph.Tails[path[i]];
        }

        Debug.Assert(_edges[node] < 0, "the path begins where the search did");
        return path;
    }
}
