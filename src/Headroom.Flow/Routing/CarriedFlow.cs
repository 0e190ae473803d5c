using Headroom.Graphs;

namespace Headroom.Flow.Routing;

/// <summary>
/// What every edge carries towards every target, in bit/s: the outcome of any way of routing. <see cref="Worst"/> audits it: flow is nowhere
/// negative, and at each node what leaves towards a target is what enters plus what starts there.
/// </summary>
public sealed class CarriedFlow
{
    private readonly double[][] _byTarget;
    private readonly double[] _loads;

    /// <param name="graph">Where it flows.</param>
    /// <param name="demands">What is carried.</param>
    /// <param name="byTarget">One row a target (in the order of <see cref="DemandMatrix.Targets"/>), one entry an edge; kept, not copied.</param>
    public CarriedFlow(DirectedGraph graph, DemandMatrix demands, double[][] byTarget)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        ArgumentNullException.ThrowIfNull(byTarget);
        ArgumentOutOfRangeException.ThrowIfNotEqual(byTarget.Length, demands.Targets.Length);
        (Graph, Demands, _byTarget) = (graph, demands, byTarget);
        _loads = new double[graph.EdgeCount];
        foreach (double[] row in byTarget)
        {
            for (int edge = 0; edge < _loads.Length; edge++)
            {
                _loads[edge] += row[edge];
            }
        }
    }

    public DirectedGraph Graph { get; }

    public DemandMatrix Demands { get; }

    /// <summary>Carried by each edge towards all targets, bit/s.</summary>
    public ReadOnlySpan<double> LoadsBps => _loads;

    public ReadOnlySpan<double> Towards(int targetIndex) => _byTarget[targetIndex];

    /// <summary>Load over capacity; 0 for an edge without load, infinite for load on an edge without capacity.</summary>
    public double Utilisation(int edge) => _loads[edge] == 0 ? 0 : _loads[edge] / Graph.CapacitiesBps[edge];

    /// <summary>The largest utilisation of any edge; 0 when nothing flows.</summary>
    public double MaximumUtilisation
    {
        get
        {
            double worst = 0;
            for (int edge = 0; edge < _loads.Length; edge++)
            {
                worst = Math.Max(worst, Utilisation(edge));
            }

            return worst;
        }
    }

    /// <summary>Mean number of edges that a carried bit crosses; 0 without demand.</summary>
    public double MeanHops => Mean(static (_, _) => 1);

    /// <summary>Mean sum of link latencies that a carried bit meets, in seconds; queueing is not in it.</summary>
    public double MeanLatencySeconds => Mean(static (graph, edge) => graph.LatenciesSeconds[edge]);

    /// <summary>
    /// The largest breach of the rules relative to the total demand: a negative flow, or at a node the difference between what leaves and
    /// what enters plus starts there. Rounding leaves about 1e-13.
    /// </summary>
    public double Worst()
    {
        double worst = 0;
        double[] balance = new double[Graph.NodeCount];
        for (int i = 0; i < _byTarget.Length; i++)
        {
            Array.Clear(balance);
            for (int edge = 0; edge < _loads.Length; edge++)
            {
                double flow = _byTarget[i][edge];
                worst = Math.Max(worst, -flow);
                balance[Graph.Tails[edge]] += flow;
                balance[Graph.Heads[edge]] -= flow;
            }

            foreach (Demand demand in Demands.Towards(i))
            {
                balance[demand.Source] -= demand.RateBps;
                balance[demand.Target] += demand.RateBps;
            }

            foreach (double rest in balance)
            {
                worst = Math.Max(worst, Math.Abs(rest));
            }
        }

        return Demands.TotalBps == 0 ? worst : worst / Demands.TotalBps;
    }

    private double Mean(Func<DirectedGraph, int, double> length)
    {
        double sum = 0;
        for (int edge = 0; edge < _loads.Length; edge++)
        {
            sum += _loads[edge] == 0 ? 0 : _loads[edge] * length(Graph, edge);
        }

        return Demands.TotalBps == 0 ? 0 : sum / Demands.TotalBps;
    }
}
