using Headroom.Flow.Bounds;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>The routings of one transfer beside each other, and beside what their certificate proves.</summary>
internal sealed class TransferComparison
{
    private const int LinksNamed = 3;
    private const int NodesNamed = 4;

    private readonly TransferInput _input;
    private readonly StudyContext _context;
    private readonly RoutingOutcome.Priced _priced;
    private readonly TransferMoney _money;
    private readonly double _hopsLeast;
    private readonly double _latencyLeastMs;

    public TransferComparison(TransferInput input, StudyContext context, IReadOnlyList<StrategyCall> calls, IReadOnlyList<CarriedFlow> flows, RoutingOutcome.Priced priced)
    {
        (_input, _context, Calls, Flows, _priced) = (input, context, calls, flows, priced);
        _money = new TransferMoney(input, context.Prices);

        // Recomputed from instance and prices alone: the optimiser's own sums are not believed.
        Floor = PriceFloor.Of(input.Graph, input.Demands, priced.Prices).Number
            ?? throw new InvalidOperationException("the optimiser returned prices that prove nothing");
        double[] ones = new double[input.Graph.EdgeCount];
        Array.Fill(ones, 1);
        _hopsLeast = DistanceFloor.Of(input.Graph, input.Demands, ones).Number!.Value;
        _latencyLeastMs = 1000 * DistanceFloor.Of(input.Graph, input.Demands, input.Graph.LatenciesSeconds).Number!.Value;
        foreach (CarriedFlow flow in flows)
        {
            if (flow.Worst() > 1e-9)
            {
                throw new InvalidOperationException($"a routing loses or invents {flow.Worst():R} of the demand");
            }
        }
    }

    public IReadOnlyList<StrategyCall> Calls { get; }

    public IReadOnlyList<CarriedFlow> Flows { get; }

    /// <summary>The certified floor of the maximum utilisation.</summary>
    public double Floor { get; }

    /// <summary>The routing of least maximum utilisation that meets the goals; of all when none does.</summary>
    public int Best => Enumerable.Range(0, Flows.Count).MinBy(i => (Missed(i).Count > 0, Flows[i].MaximumUtilisation));

    private bool HasLatencies => _input.Graph.LatenciesSeconds.ContainsAnyExcept(0);

    public IReadOnlyList<Finding> Findings(Metric utilisation, Metric latency, Metric hops)
    {
        var findings = new List<Finding> { Compose(utilisation, true, flow => flow.MaximumUtilisation, PriceLimit(), Advice()) };
        Advice detours = new(
            $"Balance is paid for in length: {Calls[Best]} takes {Shown(Flows[Best].MeanHops)} links a bit, fewest-hop paths would take {Shown(_hopsLeast)}.",
            "Shorter ways load the middle of the network; longer ones load more links.",
            "exact for these demands; queueing is not in it");
        if (HasLatencies)
        {
            findings.Add(Compose(latency, false, flow => 1000 * flow.MeanLatencySeconds, DistanceLimit(_latencyLeastMs, "link delays in ms"), detours));
        }

        findings.Add(Compose(hops, false, flow => flow.MeanHops, DistanceLimit(_hopsLeast, "every link counts 1"), detours));
        return findings;
    }

    public IEnumerable<string> Notes()
    {
        double gap = (_priced.Flow.MaximumUtilisation / Floor) - 1;
        yield return Floor == 0
            ? "no link with a limit needs to carry anything"
            : $"the optimised routing is certified to lie within {Print.Significant(100 * gap, 2)} % of the least possible maximum (floor {Print.Significant(Floor, 6)}, {_priced.Rounds} rounds)";
        for (int i = 0; i < Flows.Count; i++)
        {
            int over = Enumerable.Range(0, _input.Graph.EdgeCount).Count(edge => Flows[i].Utilisation(edge) > 1);
            if (over > 0)
            {
                yield return $"under {Calls[i]} {over} of {_input.Graph.EdgeCount} links are asked for more than they carry: what exceeds them is delayed or lost";
            }
        }

        if (_context.Prices.CapacityPerBpsYear is not null)
        {
            yield return $"money for capacity: every directed link as it is, enlarged where a routing uses it above {Print.Significant(100 * _input.TargetUtilisation, 4)} %";
        }

        if (_context.Prices.EgressPerByte() is not null)
        {
            yield return _input.EgressAtEveryHop
                ? "money for egress: every byte at every site that it leaves on its way"
                : "money for egress: every byte once, where it starts, so it is the same under every routing";
        }
    }

    private Finding Compose(Metric metric, bool headline, Func<CarriedFlow, double> value, Limit limit, Advice advice)
    {
        List<Candidate> candidates = [.. Calls.Select((call, i) => new Candidate(call.ToString(), Estimate.Exact(value(Flows[i]), Provenance.Computed($"{call}: {_input.Source}")))
        {
            MissedGoals = Missed(i),
            Money = _money.Of(Flows[i]),
            Note = TransferStrategies.Note(call),
        })];
        return _context.Compose(metric, headline, candidates[0], candidates, limit, advice, boundHoldsWithoutGoals: true);
    }

    private List<string> Missed(int index)
    {
        var missed = new List<string>();
        if (_input.UtilisationGoal is { } goal && Flows[index].MaximumUtilisation > goal)
        {
            missed.Add($"utilisation {Shown(Flows[index].MaximumUtilisation)} above {Shown(goal)}");
        }

        if (_input.LatencyGoalSeconds is { } latency && Flows[index].MeanLatencySeconds > latency)
        {
            missed.Add($"mean latency {Shown(1000 * Flows[index].MeanLatencySeconds)} ms above {Shown(1000 * latency)} ms");
        }

        return missed;
    }

    private Limit PriceLimit() => new()
    {
        Id = PriceFloor.Bound.Id,
        Title = PriceFloor.Bound.Title,
        Value = BoundValue.Of(Floor),
        Side = Side.Floor,
        Regime = PriceFloor.Bound.Regime,
        Provenance = Provenance.Theorem(PriceFloor.Bound.Citation.ToString()),
        IsBound = true,
        Money = _money.Least(Floor, _priced.Prices, _hopsLeast),
    };

    private Limit DistanceLimit(double value, string lengths) => new()
    {
        Id = DistanceFloor.Bound.Id,
        Title = $"{DistanceFloor.Bound.Title} ({lengths})",
        Value = BoundValue.Of(value),
        Side = Side.Floor,
        Regime = DistanceFloor.Bound.Regime,
        Provenance = Provenance.Theorem(DistanceFloor.Bound.Citation.ToString()),
        IsBound = true,
        Money = _money.Least(Floor, _priced.Prices, _hopsLeast),
    };

    private Advice Advice()
    {
        double now = Flows[0].MaximumUtilisation;
        double best = Flows[Best].MaximumUtilisation;
        string routing = best < now * 0.99
            ? $"The same demands load the busiest link to {Percent(best)} under {Calls[Best]}, to {Percent(now)} under {Calls[0]}: the network carries {Percent((now / best) - 1)} more before anything must be bought."
            : $"Routing has nothing left to give: {Calls[0]} loads the busiest link to {Percent(now)}, and no routing comes below {Percent(Floor)}.";
        return new Advice(
            $"{routing} {Scarce()}",
            $"{Calls[Best]} {TransferStrategies.Note(Calls[Best])}; ways are {Shown(Flows[Best].MeanHops)} links long instead of {Shown(Flows[0].MeanHops)}. Demands that change need new splits.",
            $"certified: every routing is audited for lost flow, and the floor {Percent(Floor)} is recomputed from the prices alone");
    }

    /// <summary>The links with a price, by their part in the floor: what one percent more of that link would take off it, to first order.</summary>
    private string Scarce()
    {
        DirectedGraph graph = _input.Graph;
        (int Edge, double Part)[] scarce = [.. Enumerable.Range(0, graph.EdgeCount)
            .Select(edge => (edge, _priced.Prices[edge] == 0 ? 0 : _priced.Prices[edge] * graph.CapacitiesBps[edge]))
            .Where(pair => pair.Item2 > 0.01)
            .OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.edge)];
        if (scarce.Length == 0)
        {
            return "No link stands out.";
        }

        string named = string.Join(", ", scarce.Take(LinksNamed).Select(pair => $"{graph.Describe(pair.Edge)} ({Percent(pair.Part)} of the floor)"));
        string rest = scarce.Length > LinksNamed ? $" and {scarce.Length - LinksNamed} more" : "";
        (int first, double part) = scarce[0];
        return $"Scarce: {named}{rest}. One percent more capacity on {graph.Describe(first)} lowers the floor by at most about {Shown(part)} %; on any link without a price, by nothing.{Cut()}";
    }

    /// <summary>The scarce links as a cut, where a cut proves the floor as well: what people can check by hand.</summary>
    private string Cut()
    {
        (IReadOnlyList<bool> Side, double Floor)? best = null;
        foreach (IReadOnlyList<bool> side in Bottleneck.Sides(_input.Graph, _priced.Prices, 0.01))
        {
            if (CutFloor.Of(_input.Graph, _input.Demands, side).Number is { } floor && !(floor <= best?.Floor))
            {
                best = (side, floor);
            }
        }

        if (best is not { } cut || cut.Floor < Floor * 0.99)
        {
            return "";
        }

        int inside = cut.Side.Count(isInside => isInside);
        bool[] named = [.. cut.Side.Select(isInside => isInside == (2 * inside <= cut.Side.Count))];
        string[] names = [.. _input.Graph.Names.Where((_, node) => named[node])];
        string shown = names.Length <= NodesNamed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NodesNamed))} and {names.Length - NodesNamed} more";
        double capacity = MinimumCut.CapacityOf(_input.Graph, cut.Side);
        string direction = 2 * inside <= cut.Side.Count ? "out of" : "into";
        return $" They are a cut: {Rate(cut.Floor * capacity)} must go {direction} {shown} over {Rate(capacity)} of links, whatever the routing.";
    }

    private static string Rate(double bps) => Quantity.Of(bps, "bit/s").ToHumanString();

    private static string Percent(double share) => $"{Print.Significant(100 * share, 3)} %";

    private static string Shown(double value) => Print.Significant(value, 4);
}
