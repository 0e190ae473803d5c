using System.Runtime.InteropServices;

namespace Headroom.Flow.Optimiser;

/// <summary>What moving all traffic from one tree to another adds to each edge; dense over the edges, with a list of those it touches.</summary>
internal sealed class EdgeDifference(int edgeCount)
{
    private readonly double[] _values = new double[edgeCount];
    private readonly List<int> _edges = [];

    public ReadOnlySpan<int> Edges => CollectionsMarshal.AsSpan(_edges);

    public double this[int edge] => _values[edge];

    public void Set(Column from, Column to)
    {
        foreach (int edge in _edges)
        {
            _values[edge] = 0;
        }

        _edges.Clear();
        for (int i = 0; i < to.Edges.Length; i++)
        {
            _values[to.Edges[i]] = to.Flows[i];
        }

        // Edges that both trees load alike drop out here.
        for (int i = 0; i < from.Edges.Length; i++)
        {
            _values[from.Edges[i]] -= from.Flows[i];
            if (_values[from.Edges[i]] < 0)
            {
                _edges.Add(from.Edges[i]);
            }
        }

        foreach (int edge in to.Edges)
        {
            if (_values[edge] > 0)
            {
                _edges.Add(edge);
            }
        }
    }
}
