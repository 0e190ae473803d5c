using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Graphs.Paths;

namespace Headroom.Flow.Optimiser;

/// <summary>One run of <see cref="UtilisationOptimiser"/>.</summary>
internal sealed class UtilisationSearch
{
    /// <summary>The first sharpness in units of 1 / utilisation.</summary>
    private const double FirstSharpness = 6;

    /// <summary>Shares are moved until the mixtures are this much of the smoothing error from their cheapest trees…</summary>
    private const double MixingRest = 0.3;

    /// <summary>…or so many times over all targets.</summary>
    private const int PassesMax = 50;

    /// <summary>The maximum is sharpened when new trees could gain less than this much of the smoothing error.</summary>
    private const double SharpenBelow = 0.5;

    /// <summary>A tree must be this much shorter than the known ones to be worth keeping.</summary>
    private const double ShorterBy = 1e-6;

    private readonly DirectedGraph _graph;
    private readonly DemandMatrix _demands;
    private readonly SoftMaximum _state;
    private readonly ShortestPathSolver _solver;
    private readonly EdgeDifference _difference;
    private readonly TreeColumns[] _targets;
    private readonly double[] _lengths;
    private readonly double[] _through;
    private double[] _bestPrices;
    private double _bestFloor;

    public UtilisationSearch(DirectedGraph graph, DemandMatrix demands)
    {
        (_graph, _demands) = (graph, demands);
        _state = new SoftMaximum(graph);
        _solver = new ShortestPathSolver(graph);
        _difference = new EdgeDifference(graph.EdgeCount);
        _lengths = new double[graph.EdgeCount];
        _through = new double[graph.NodeCount];
        _bestPrices = new double[graph.EdgeCount];
        _targets = new TreeColumns[demands.Targets.Length];
        _state.FillInverseCapacities(_lengths);
        for (int i = 0; i < _targets.Length; i++)
        {
            _targets[i] = new TreeColumns(graph, demands.Towards(i));
            _solver.Run(_targets[i].Target, _lengths, towardsRoot: true);
            _targets[i].AddTree(_solver, _through);
        }
    }

    public RoutingOutcome Run(UtilisationOptions options, CancellationToken cancellation)
    {
        SumLoads();
        double maximum = _state.Maximum();
        if (maximum == 0)
        {
            // No demand, or all of it over unlimited edges: no routing could do better.
            return Outcome(0, gapReached: true);
        }

        double sharpness = FirstSharpness / maximum;
        double smoothing = maximum;
        for (int round = 1; ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            SumLoads();
            _state.Refresh(sharpness);
            Mix(MixingRest * smoothing);
            _state.Refresh(sharpness);
            maximum = _state.Maximum();
            double mean = _state.MeanUtilisation();
            double floor = Price();
            bool reached = maximum <= _bestFloor * (1 + options.GapMax);
            if (reached || round >= options.RoundsMax)
            {
                return Outcome(round, reached);
            }

            // maximum - floor = what smoothing costs + what better trees could still gain.
            smoothing = maximum - mean;
            if (mean - floor < SharpenBelow * smoothing)
            {
                sharpness *= 2;
                smoothing /= 2;
            }
        }
    }

    /// <summary>Loads from the shares alone, so that no rounding of many small moves builds up.</summary>
    private void SumLoads()
    {
        Array.Clear(_state.Loads);
        foreach (TreeColumns target in _targets)
        {
            target.AddFlow(_state.Loads);
        }
    }

    private void Mix(double restMax)
    {
        for (int pass = 0; pass < PassesMax; pass++)
        {
            double rest = 0;
            foreach (TreeColumns target in _targets)
            {
                rest += target.Improve(_state, _difference);
            }

            if (rest <= restMax * _state.TotalWeight())
            {
                return;
            }

            // Weights are relative to the largest utilisation; it has moved.
            _state.Refresh(_state.Sharpness);
        }
    }

    /// <summary>Shortest trees under the present prices: the floor they prove; trees shorter than all known ones join.</summary>
    private double Price()
    {
        _state.FillLengths(_lengths);
        double sum = 0;
        foreach (TreeColumns target in _targets)
        {
            _solver.Run(target.Target, _lengths, towardsRoot: true);
            double cost = target.Cost(_solver);
            sum += cost;
            if (cost < target.LeastCost(_state) * (1 - ShorterBy))
            {
                target.Prune();
                target.AddTree(_solver, _through);
            }
        }

        double floor = sum / _state.TotalWeight();
        if (floor > _bestFloor)
        {
            _bestFloor = floor;
            _bestPrices = _state.ScaledPrices();
        }

        return floor;
    }

    private RoutingOutcome.Priced Outcome(int rounds, bool gapReached)
    {
        double[][] flows = new double[_targets.Length][];
        for (int i = 0; i < flows.Length; i++)
        {
            flows[i] = new double[_graph.EdgeCount];
            _targets[i].AddFlow(flows[i]);
        }

        return new RoutingOutcome.Priced(new CarriedFlow(_graph, _demands, flows), _bestPrices, rounds, gapReached);
    }
}
