using System.Diagnostics;

namespace Headroom.Graphs;

/// <summary>
/// An immutable directed graph. Nodes are 0 … n-1 and edges 0 … m-1 in the order they were added; both adjacencies are compressed
/// (one array of edge indices, one of starts), each node's edges in ascending order. Parallel edges are allowed, loops are not.
/// Capacity in bit/s (infinite where unlimited), latency in seconds, weight without unit (the routing metric; at least 0).
/// </summary>
public sealed class DirectedGraph
{
    private readonly string[] _names;
    private readonly Coordinate[]? _coordinates;
    private readonly int[] _tails;
    private readonly int[] _heads;
    private readonly double[] _capacities;
    private readonly double[] _latencies;
    private readonly double[] _weights;
    private readonly int[] _outStarts;
    private readonly int[] _outEdges;
    private readonly int[] _inStarts;
    private readonly int[] _inEdges;

    internal DirectedGraph(string[] names, Coordinate[]? coordinates, int[] tails, int[] heads, double[] capacities, double[] latencies, double[] weights)
    {
        Debug.Assert(tails.Length == heads.Length && tails.Length == capacities.Length, "one entry an edge");
        (_names, _coordinates, _tails, _heads) = (names, coordinates, tails, heads);
        (_capacities, _latencies, _weights) = (capacities, latencies, weights);
        (_outStarts, _outEdges) = Compress(names.Length, tails);
        (_inStarts, _inEdges) = Compress(names.Length, heads);
    }

    public int NodeCount => _names.Length;

    public int EdgeCount => _tails.Length;

    public IReadOnlyList<string> Names => _names;

    /// <summary>One place a node, or null where the source has none.</summary>
    public IReadOnlyList<Coordinate>? Coordinates => _coordinates;

    /// <summary>Where each edge starts.</summary>
    public ReadOnlySpan<int> Tails => _tails;

    /// <summary>Where each edge ends.</summary>
    public ReadOnlySpan<int> Heads => _heads;

    public ReadOnlySpan<double> CapacitiesBps => _capacities;

    public ReadOnlySpan<double> LatenciesSeconds => _latencies;

    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Edges that leave the node, ascending.</summary>
    public ReadOnlySpan<int> OutEdges(int node) => _outEdges.AsSpan(_outStarts[node], _outStarts[node + 1] - _outStarts[node]);

    /// <summary>Edges that enter the node, ascending.</summary>
    public ReadOnlySpan<int> InEdges(int node) => _inEdges.AsSpan(_inStarts[node], _inStarts[node + 1] - _inStarts[node]);

    public int OutDegree(int node) => _outStarts[node + 1] - _outStarts[node];

    /// <summary>The first edge from one node to another, or -1. O(out-degree).</summary>
    public int FindEdge(int from, int to)
    {
        foreach (int edge in OutEdges(from))
        {
            if (_heads[edge] == to)
            {
                return edge;
            }
        }

        return -1;
    }

    public int FindNode(string name) => Array.IndexOf(_names, name);

    /// <summary>The same graph with other capacities, one an edge.</summary>
    public DirectedGraph WithCapacities(ReadOnlySpan<double> capacitiesBps)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(capacitiesBps.Length, EdgeCount);
        foreach (double capacity in capacitiesBps)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        }

        return new DirectedGraph(_names, _coordinates, _tails, _heads, capacitiesBps.ToArray(), _latencies, _weights);
    }

    /// <summary>The same graph with other routing metrics, one an edge, at least 0.</summary>
    public DirectedGraph WithWeights(ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, EdgeCount);
        foreach (double weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
        }

        return new DirectedGraph(_names, _coordinates, _tails, _heads, _capacities, _latencies, weights.ToArray());
    }

    /// <summary>From → to, by name.</summary>
    public string Describe(int edge) => $"{_names[_tails[edge]]} → {_names[_heads[edge]]}";

    /// <summary>Counting sort of the edges by one of their ends; stable, so each node's edges stay in ascending order.</summary>
    private static (int[] Starts, int[] Edges) Compress(int nodes, int[] ends)
    {
        int[] starts = new int[nodes + 1];
        foreach (int end in ends)
        {
            starts[end + 1]++;
        }

        for (int node = 0; node < nodes; node++)
        {
            starts[node + 1] += starts[node];
        }

        int[] next = starts.AsSpan(0, nodes).ToArray();
        int[] edges = new int[ends.Length];
        for (int edge = 0; edge < ends.Length; edge++)
        {
            edges[next[ends[edge]]++] = edge;
        }

        return (starts, edges);
    }
}
