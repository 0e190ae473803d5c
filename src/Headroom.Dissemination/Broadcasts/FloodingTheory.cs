using Headroom.Dissemination.Models;
using Headroom.Dissemination.Protocols;
using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Arithmetic;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Broadcasts;

/// <summary>What flooding costs: on a complete topology with any loss and failures, on a graph where nothing is lost and nobody fails.</summary>
internal sealed class FloodingTheory
{
    /// <summary>A share of runs too small to be seen: closed forms that hold in all others are exact.</summary>
    private const double LogNever = -28;

    private readonly BroadcastSetting _setting;
    private readonly NetworkOptions _network;
    private readonly bool _echo;
    private readonly double _sendSeconds;

    public FloodingTheory(BroadcastSetting setting, bool echo)
    {
        (_setting, _echo) = (setting, echo);
        _network = setting.EffectiveNetwork;
        _sendSeconds = Periods.PayloadNs(setting) / 1e9;
    }

    private double Loss => _network.Loss;

    private int Live => _setting.Live;

    private int Members => _setting.Members;

    /// <summary>
    /// Everybody is reached but in runs too rare to be seen: k live members cut off from the rest take k (live - k) lost copies, so the probability is at
    /// most the sum over k of (live p^(live/2))^k.
    /// </summary>
    private bool IsSure => Loss == 0 || Elementary.Log(Live) + (0.5 * Live * Elementary.Log(Loss)) < LogNever;

    public CostCases? Of(BroadcastMetric metric) => Live < 2 ? null
        : _network.Topology.IsComplete ? OnComplete(metric)
        : Loss == 0 && Live == Members ? OnGraph(metric, _network.Topology.Graph!)
        : null;

    private CostCases? OnComplete(BroadcastMetric metric)
    {
        double copies = FloodCounts.OnComplete(Members, Live, _echo);
        CostCases sent = Loss == 0 ? CostCases.Exactly(copies) : new CostCases(Members - 1, copies, copies, IsSure);
        double missedByOrigin = -Elementary.ExpM1((Live - 1) * Elementary.Log1P(-Loss));
        return metric switch
        {
            BroadcastMetric.Payloads or BroadcastMetric.Messages => sent,
            BroadcastMetric.Bytes => TheoryCases.Times(sent, Periods.PayloadWireBytes(_setting)),
            BroadcastMetric.Delivered => Loss == 0 ? CostCases.Exactly(1) : new CostCases(1, 1, 0, IsSure),
            // Whom the origin's own copy misses, others reach in the second round.
            BroadcastMetric.Rounds => Loss == 0 ? CostCases.Exactly(1) : new CostCases(1, Math.Min(1 + missedByOrigin, Live - 1), Live - 1, IsSure),
            BroadcastMetric.Hops => IsDirect ? CostCases.Exactly(1) : new CostCases(1, Math.Min(2, Live - 1), Live - 1),
            _ => LatencyOnComplete(missedByOrigin),
        };
    }

    /// <summary>
    /// Without loss and jitter the origin's own copy is the first everywhere: it leaves for the j-th member after j serialisations, and whoever relays
    /// sends to that member a latency later, because all send in the same order.
    /// </summary>
    private bool IsDirect => Loss == 0 && _network.Jitter.IsNone && _network.Topology.IsUniform && Periods.LatencyNs(_setting) > 0;

    private CostCases LatencyOnComplete(double missedByOrigin)
    {
        double latency = Periods.LatencyNs(_setting) / 1e9;
        double lastSent = (Members - 1) * _sendSeconds;
        if (IsDirect)
        {
            // The last live one of n - 1 in random order stands at (live - 1) n / live on average.
            return Live == Members ? CostCases.Exactly(lastSent + latency)
                : new CostCases(((Live - 1) * _sendSeconds) + latency, ((Live - 1.0) * Members / Live * _sendSeconds) + latency, lastSent + latency, IsExact: true);
        }

        // A late or lost copy of the origin's is overtaken by the many relays', a latency after it.
        double late = JitterTail.LargestNs(_network.Jitter, 1, Live - 1) / 1e9;
        double direct = Math.Min(late, latency + (_network.Jitter.MeanNs / 1e9));
        double average = lastSent + latency + Math.Max(direct, missedByOrigin * latency);
        double least = _network.Topology.LeastLatencyNs / 1e9;
        return new CostCases(_sendSeconds + least, average, Loss == 0 && _network.Jitter.MaxNs is { } maxNs ? lastSent + latency + (maxNs / 1e9) : double.PositiveInfinity);
    }

    private CostCases? OnGraph(BroadcastMetric metric, DirectedGraph graph)
    {
        if (BreadthFirst.Eccentricity(graph, _setting.Origin) is not { } eccentricity)
        {
            return null;
        }

        var sent = CostCases.Exactly(FloodCounts.OnGraph(Members, _network.Topology.Links / 2, _echo));
        bool isUniform = _network.Topology.LeastLatencyNs == _network.Topology.GreatestLatencyNs;
        return metric switch
        {
            BroadcastMetric.Payloads or BroadcastMetric.Messages => sent,
            BroadcastMetric.Bytes => TheoryCases.Times(sent, Periods.PayloadWireBytes(_setting)),
            BroadcastMetric.Delivered => CostCases.Exactly(1),
            BroadcastMetric.Rounds => CostCases.Exactly(eccentricity),
            BroadcastMetric.Hops when isUniform && _network.Jitter.IsNone && _sendSeconds == 0 => CostCases.Exactly(eccentricity),
            BroadcastMetric.Hops => new CostCases(eccentricity, eccentricity, Members - 1),
            _ => LatencyOnGraph(graph, eccentricity),
        };
    }

    /// <summary>The farthest member by latency and serialisation; a line that sends to many, and jitter, delay it further.</summary>
    private CostCases LatencyOnGraph(DirectedGraph graph, int eccentricity)
    {
        var lengths = new double[graph.EdgeCount];
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            lengths[edge] = (_network.Topology.LatencyBetweenNs(graph.Tails[edge], graph.Heads[edge]) / 1e9) + _sendSeconds;
        }

        double farthest = Dijkstra.From(graph, _setting.Origin, lengths).Distances.Max();
        double jitter = eccentricity * _network.Jitter.MeanNs / 1e9;
        bool isExact = _sendSeconds == 0 && _network.Jitter.IsNone;
        return isExact ? CostCases.Exactly(farthest) : new CostCases(farthest, farthest + jitter, double.PositiveInfinity);
    }
}
