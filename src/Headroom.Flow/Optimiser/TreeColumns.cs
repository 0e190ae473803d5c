using Headroom.Graphs;
using Headroom.Graphs.Paths;

namespace Headroom.Flow.Optimiser;

/// <summary>
/// The routing towards one target as a mixture of trees. A tree is what each of its edges carries when all traffic towards the target takes
/// it; the mixture's shares sum to 1. An optimal routing needs few trees: a basic solution has at most as many as there are scarce edges
/// and targets together.
/// </summary>
internal sealed class TreeColumns
{
    private readonly DirectedGraph _graph;
    private readonly Demand[] _demands;
    private readonly List<Column> _columns = [];

    public TreeColumns(DirectedGraph graph, ReadOnlySpan<Demand> demands)
    {
        _graph = graph;
        _demands = demands.ToArray();
        Target = demands[0].Target;
    }

    public int Target { get; }

    /// <summary>The shortest paths' total length: sum of demand times distance. Together over all targets the numerator of the floor.</summary>
    public double Cost(ShortestPathSolver solver)
    {
        double sum = 0;
        foreach (Demand demand in _demands)
        {
            sum += demand.RateBps * solver.Distances[demand.Source];
        }

        return sum;
    }

    /// <summary>Puts the solver's tree among the columns with share 0 (share 1 for the first).</summary>
    public void AddTree(ShortestPathSolver solver, double[] through)
    {
        Array.Clear(through);
        foreach (Demand demand in _demands)
        {
            through[demand.Source] += demand.RateBps;
        }

        var edges = new List<int>();
        var flows = new List<double>();
        for (int at = solver.Order.Length - 1; at > 0; at--)
        {
            int node = solver.Order[at];
            if (through[node] > 0)
            {
                edges.Add(solver.Edges[node]);
                flows.Add(through[node]);
                through[_graph.Heads[solver.Edges[node]]] += through[node];
            }
        }

        _columns.Add(new Column([.. edges], [.. flows]) { Share = _columns.Count == 0 ? 1 : 0 });
    }

    /// <summary>The least length of a column under the present prices.</summary>
    public double LeastCost(SoftMaximum state)
    {
        double least = double.PositiveInfinity;
        foreach (Column column in _columns)
        {
            least = Math.Min(least, column.Cost(state));
        }

        return least;
    }

    /// <summary>
    /// Moves shares from every dearer tree to the cheapest one, each by a Newton step on the soft maximum along the difference of the two
    /// trees, cut back to where no exponent grows by more than 1. Returns by how much the mixture was dearer than its cheapest tree.
    /// </summary>
    public double Improve(SoftMaximum state, EdgeDifference difference)
    {
        if (_columns.Count < 2)
        {
            return 0;
        }

        double excess = 0;
        int best = 0;
        double bestCost = double.PositiveInfinity;
        for (int j = 0; j < _columns.Count; j++)
        {
            double cost = _columns[j].Cost(state);
            if (cost < bestCost)
            {
                (best, bestCost) = (j, cost);
            }

            excess += _columns[j].Share * cost;
        }

        for (int j = 0; j < _columns.Count; j++)
        {
            if (j != best && _columns[j].Share > 0)
            {
                Shift(_columns[j], _columns[best], state, difference);
            }
        }

        return excess - bestCost;
    }

    /// <summary>Drops trees that carry nothing, except the one that came last.</summary>
    public void Prune()
    {
        for (int j = _columns.Count - 2; j >= 0; j--)
        {
            if (_columns[j].Share == 0)
            {
                _columns.RemoveAt(j);
            }
        }
    }

    /// <summary>Adds what the mixture carries to each edge.</summary>
    public void AddFlow(Span<double> flow)
    {
        double sum = 0;
        foreach (Column column in _columns)
        {
            sum += column.Share;
        }

        foreach (Column column in _columns)
        {
            if (column.Share > 0)
            {
                for (int i = 0; i < column.Edges.Length; i++)
                {
                    flow[column.Edges[i]] += column.Share / sum * column.Flows[i];
                }
            }
        }
    }

    private static void Shift(Column from, Column to, SoftMaximum state, EdgeDifference difference)
    {
        difference.Set(from, to);
        double slope = 0;
        double curvature = 0;
        double growth = 0;
        foreach (int edge in difference.Edges)
        {
            double relative = difference[edge] * state.InverseCapacities[edge];
            slope += state.Weights[edge] * relative;
            curvature += state.Weights[edge] * relative * relative;
            growth = Math.Max(growth, relative);
        }

        if (slope >= 0)
        {
            return;
        }

        double step = Math.Min(from.Share, -slope / (state.Sharpness * curvature));
        step = growth > 0 ? Math.Min(step, 1 / (state.Sharpness * growth)) : step;
        // A share that would be left with a rounding error goes whole.
        step = step > from.Share * (1 - 1e-12) ? from.Share : step;
        foreach (int edge in difference.Edges)
        {
            state.Add(edge, step * difference[edge]);
        }

        to.Share += step;
        from.Share -= step;
    }
}
