namespace Headroom.Graphs;

/// <summary>Collects nodes and edges; <see cref="Build"/> freezes them.</summary>
public sealed class GraphBuilder
{
    private readonly List<string> _names = [];
    private readonly List<Coordinate?> _coordinates = [];
    private readonly List<int> _tails = [];
    private readonly List<int> _heads = [];
    private readonly List<double> _capacities = [];
    private readonly List<double> _latencies = [];
    private readonly List<double> _weights = [];

    public int NodeCount => _names.Count;

    public int EdgeCount => _tails.Count;

    /// <summary>A node; its index is returned. Without a name it is called by its index.</summary>
    public int AddNode(string? name = null, Coordinate? coordinate = null)
    {
        _names.Add(name ?? _names.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _coordinates.Add(coordinate);
        return _names.Count - 1;
    }

    public string NodeName(int node) => _names[node];

    /// <summary>So many nodes named by their indices.</summary>
    public GraphBuilder AddNodes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        for (int i = 0; i < count; i++)
        {
            AddNode();
        }

        return this;
    }

    /// <summary>An edge from one node to another; its index is returned. Capacity may be infinite; latency and weight are finite and at least 0.</summary>
    public int AddEdge(int from, int to, double capacityBps = double.PositiveInfinity, double latencySeconds = 0, double weight = 1)
    {
        CheckNode(from);
        CheckNode(to);
        ArgumentOutOfRangeException.ThrowIfEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfNegative(capacityBps);
        CheckLength(latencySeconds);
        CheckLength(weight);
        _tails.Add(from);
        _heads.Add(to);
        _capacities.Add(capacityBps);
        _latencies.Add(latencySeconds);
        _weights.Add(weight);
        return _tails.Count - 1;
    }

    /// <summary>Two edges, there and back, each with the whole capacity; the first one's index is returned.</summary>
    public int AddLink(int a, int b, double capacityBps = double.PositiveInfinity, double latencySeconds = 0, double weight = 1)
    {
        int edge = AddEdge(a, b, capacityBps, latencySeconds, weight);
        AddEdge(b, a, capacityBps, latencySeconds, weight);
        return edge;
    }

    /// <summary>Coordinates are kept only when every node has one.</summary>
    public DirectedGraph Build()
    {
        bool placed = _coordinates.Count > 0 && _coordinates.TrueForAll(c => c is not null);
        return new DirectedGraph(
            [.. _names],
            placed ? [.. _coordinates.Select(c => c!.Value)] : null,
            [.. _tails],
            [.. _heads],
            [.. _capacities],
            [.. _latencies],
            [.. _weights]);
    }

    private void CheckNode(int node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, _names.Count);
    }

    private static void CheckLength(double length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (!double.IsFinite(length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "a length is finite");
        }
    }
}
