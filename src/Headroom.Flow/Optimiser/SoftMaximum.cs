using Headroom.Graphs;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Flow.Optimiser;

/// <summary>
/// The loads of all edges and the smooth stand-in for their largest utilisation, (1/a) ln sum exp(a u_e): its gradient by the load of an edge is
/// proportional to exp(a (u_e - ref)) / c_e, which is the edge's price. Edges without capacity or without limit have price 0; nothing is routed over the
/// former.
/// </summary>
internal sealed class SoftMaximum
{
    private readonly DirectedGraph _graph;
    private readonly double[] _inverse;
    private readonly double[] _loads;
    private readonly double[] _weights;
    private double _reference;

    public SoftMaximum(DirectedGraph graph)
    {
        _graph = graph;
        _inverse = new double[graph.EdgeCount];
        _loads = new double[graph.EdgeCount];
        _weights = new double[graph.EdgeCount];
        for (int edge = 0; edge < _inverse.Length; edge++)
        {
            double capacity = graph.CapacitiesBps[edge];
            _inverse[edge] = capacity > 0 && double.IsFinite(capacity) ? 1 / capacity : 0;
        }
    }

    /// <summary>1 / capacity; 0 for edges that have no price.</summary>
    public double[] InverseCapacities => _inverse;

    public double[] Loads => _loads;

    /// <summary>exp(a (u_e - ref)).</summary>
    public double[] Weights => _weights;

    public double Sharpness { get; private set; }

    public double Maximum()
    {
        double worst = 0;
        for (int edge = 0; edge < _loads.Length; edge++)
        {
            worst = Math.Max(worst, _loads[edge] * _inverse[edge]);
        }

        return worst;
    }

    /// <summary>Takes a new sharpness and the present maximum as reference, and recomputes every weight.</summary>
    public void Refresh(double sharpness)
    {
        Sharpness = sharpness;
        _reference = Maximum();
        for (int edge = 0; edge < _loads.Length; edge++)
        {
            Reweigh(edge);
        }
    }

    public void Add(int edge, double amount)
    {
        _loads[edge] += amount;
        Reweigh(edge);
    }

    /// <summary>The sum of the weights: what turns prices into ones with sum of capacity times price 1.</summary>
    public double TotalWeight()
    {
        double sum = 0;
        foreach (double weight in _weights)
        {
            sum += weight;
        }

        return sum;
    }

    /// <summary>The mean utilisation under the weights: the smooth maximum's tangent value.</summary>
    public double MeanUtilisation()
    {
        double sum = 0;
        for (int edge = 0; edge < _loads.Length; edge++)
        {
            sum += _weights[edge] * (_loads[edge] * _inverse[edge]);
        }

        return sum / TotalWeight();
    }

    /// <summary>Prices as lengths for shortest paths: infinite for edges without capacity.</summary>
    public void FillLengths(Span<double> lengths)
    {
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            lengths[edge] = _graph.CapacitiesBps[edge] == 0 ? double.PositiveInfinity : _weights[edge] * _inverse[edge];
        }
    }

    /// <summary>Lengths 1 / capacity, for the first trees.</summary>
    public void FillInverseCapacities(Span<double> lengths)
    {
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            lengths[edge] = _graph.CapacitiesBps[edge] == 0 ? double.PositiveInfinity : _inverse[edge];
        }
    }

    /// <summary>Prices with sum of capacity times price 1; 0 for edges without capacity or limit.</summary>
    public double[] ScaledPrices()
    {
        double total = TotalWeight();
        double[] prices = new double[_weights.Length];
        for (int edge = 0; edge < prices.Length; edge++)
        {
            prices[edge] = _weights[edge] * _inverse[edge] / total;
        }

        return prices;
    }

    private void Reweigh(int edge)
    {
        // Far below the reference the weight is nothing; far above it only the step's direction matters.
        double exponent = Sharpness * ((_loads[edge] * _inverse[edge]) - _reference);
        _weights[edge] = _inverse[edge] == 0 ? 0 : Elementary.Exp(Math.Min(exponent, 200));
    }
}
