using Headroom.Flow;
using Headroom.Flow.Optimiser;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>The ways of routing that a transfer knows, and their runs.</summary>
internal static class TransferStrategies
{
    /// <summary>The optimiser aims at a tenth of the one percent that is promised.</summary>
    private static readonly UtilisationOptions Options = new() { GapMax = 0.001, RoundsMax = 300 };

    public static readonly StrategyForm ShortestPath = new("shortest-path", "each demand whole on one shortest path by the topology's weights");
    public static readonly StrategyForm Ecmp = new("ecmp", "split equally among the next hops on shortest paths, at every node");
    public static readonly StrategyForm KShortest = new("k-shortest", "each demand split evenly over its k shortest loopless paths", new StrategyParameter("k", 1, 64) { Default = 4 });
    public static readonly StrategyForm Optimised = new("optimised", "fractional routing of least maximum utilisation, found with a certificate");

    public static IReadOnlyList<StrategyForm> Forms { get; } = [ShortestPath, Ecmp, KShortest, Optimised];

    /// <summary>The strategies to compare: now first, then one of each form that is not now.</summary>
    public static IReadOnlyList<StrategyCall> Compared(StrategyCall now)
    {
        StrategyCall[] others = [StrategyCall.Of(ShortestPath), StrategyCall.Of(Ecmp), StrategyCall.Of(KShortest, 4), StrategyCall.Of(Optimised)];
        return [now, .. others.Where(other => !other.Equals(now))];
    }

    /// <summary>The reader has made sure that every demand has a path.</summary>
    public static RoutingOutcome.Carried Run(StrategyCall call, DirectedGraph graph, DemandMatrix demands, CancellationToken cancellation)
    {
        RoutingOutcome outcome = call.Name switch
        {
            "shortest-path" => ShortestPathRouting.Route(graph, demands),
            "ecmp" => EqualCostRouting.Route(graph, demands),
            "k-shortest" => KShortestPathRouting.Route(graph, demands, call.Int(0), cancellation),
            "optimised" => UtilisationOptimiser.Solve(graph, demands, Options, cancellation),
            _ => throw new InvalidOperationException($"no routing '{call.Name}'"),
        };
        return (RoutingOutcome.Carried)outcome;
    }

    public static string Note(StrategyCall call) => call.Name switch
    {
        "shortest-path" => "needs nothing; blind to load",
        "ecmp" => "needs equal costs to have anything to split; blind to load",
        "k-shortest" => "needs a tunnel per path; blind to load, and detours everything",
        _ => "needs a controller that knows the demands, and weighted splits at the nodes",
    };
}
