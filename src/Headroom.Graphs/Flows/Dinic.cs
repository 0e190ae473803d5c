namespace Headroom.Graphs.Flows;

/// <summary>
/// One run of Dinic's algorithm. Every augmentation empties at least one residual arc to exactly zero (it subtracts a number from
/// itself), so the phases end with doubles as they do with integers.
/// </summary>
internal sealed class Dinic
{
    private readonly DirectedGraph _graph;
    private readonly int _source;
    private readonly int _sink;
    private readonly double[] _forward;
    private readonly double[] _backward;
    private readonly int[] _level;
    private readonly int[] _position;
    private readonly int[] _queue;

    public Dinic(DirectedGraph graph, int source, int sink)
    {
        (_graph, _source, _sink) = (graph, source, sink);
        _forward = new double[graph.EdgeCount];
        _backward = new double[graph.EdgeCount];
        _level = new int[graph.NodeCount];
        _position = new int[graph.NodeCount];
        _queue = new int[graph.NodeCount];
    }

    public MaximumFlow Run()
    {
        double finite = 0;
        foreach (double capacity in _graph.CapacitiesBps)
        {
            finite += double.IsPositiveInfinity(capacity) ? 0 : capacity;
        }

        // Unlimited edges alone first: if they connect, so does any amount.
        Open(infinite: 1, finiteScale: 0);
        if (BuildLevels())
        {
            return new MaximumFlow(double.PositiveInfinity, [], []);
        }

        // No minimum cut holds an unlimited edge now, so more than all finite ones together is unlimited enough.
        Open((2 * finite) + 1, 1);
        double value = 0;
        while (BuildLevels())
        {
            Array.Clear(_position);
            for (double pushed = Augment(); pushed > 0; pushed = Augment())
            {
                value += pushed;
            }
        }

        return new MaximumFlow(value, [.. _backward], [.. _level.Select(level => level >= 0)]);
    }

    private void Open(double infinite, double finiteScale)
    {
        for (int edge = 0; edge < _forward.Length; edge++)
        {
            double capacity = _graph.CapacitiesBps[edge];
            _forward[edge] = double.IsPositiveInfinity(capacity) ? infinite : finiteScale * capacity;
        }
    }

    /// <summary>Breadth-first levels over residual arcs; whether the sink is among them. When not, the levels mark the cut.</summary>
    private bool BuildLevels()
    {
        Array.Fill(_level, -1);
        _level[_source] = 0;
        _queue[0] = _source;
        int end = 1;
        for (int at = 0; at < end; at++)
        {
            int node = _queue[at];
            int arcs = ArcCount(node);
            for (int i = 0; i < arcs; i++)
            {
                (int next, double residual, _, _) = Arc(node, i);
                if (residual > 0 && _level[next] < 0)
                {
                    _level[next] = _level[node] + 1;
                    _queue[end++] = next;
                }
            }
        }

        return _level[_sink] >= 0;
    }

    /// <summary>One augmenting path in the level graph, by depth-first search without recursion; the amount, 0 when there is none.</summary>
    private double Augment()
    {
        var path = new List<(int Edge, bool IsForward)>();
        int node = _source;
        while (node != _sink)
        {
            if (Advance(node) is { } step)
            {
                path.Add((step.Edge, step.IsForward));
                node = step.Next;
                continue;
            }

            if (path.Count == 0)
            {
                return 0;
            }

            (int edge, bool isForward) = path[^1];
            path.RemoveAt(path.Count - 1);
            node = isForward ? _graph.Tails[edge] : _graph.Heads[edge];
            _position[node]++;
        }

        double amount = path.Min(arc => arc.IsForward ? _forward[arc.Edge] : _backward[arc.Edge]);
        foreach ((int edge, bool isForward) in path)
        {
            _forward[edge] += isForward ? -amount : amount;
            _backward[edge] += isForward ? amount : -amount;
        }

        return amount;
    }

    private (int Next, int Edge, bool IsForward)? Advance(int node)
    {
        int arcs = ArcCount(node);
        for (; _position[node] < arcs; _position[node]++)
        {
            (int next, double residual, int edge, bool isForward) = Arc(node, _position[node]);
            if (residual > 0 && _level[next] == _level[node] + 1)
            {
                return (next, edge, isForward);
            }
        }

        return null;
    }

    private int ArcCount(int node) => _graph.OutEdges(node).Length + _graph.InEdges(node).Length;

    private (int Next, double Residual, int Edge, bool IsForward) Arc(int node, int i)
    {
        ReadOnlySpan<int> outgoing = _graph.OutEdges(node);
        if (i < outgoing.Length)
        {
            int edge = outgoing[i];
            return (_graph.Heads[edge], _forward[edge], edge, true);
        }

        int incoming = _graph.InEdges(node)[i - outgoing.Length];
        return (_graph.Tails[incoming], _backward[incoming], incoming, false);
    }
}
