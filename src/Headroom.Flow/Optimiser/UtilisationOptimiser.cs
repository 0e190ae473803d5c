using Headroom.Flow.Routing;
using Headroom.Graphs;

namespace Headroom.Flow.Optimiser;

/// <summary>
/// Fractional routing of least maximum link utilisation, one commodity per target. Column generation over trees under a soft maximum: the
/// routing towards each target is a mixture of trees; shortest paths under the soft maximum's gradient (the prices) give both a floor, by linear
/// programming duality, and new trees; between those rounds shares move from dear trees to cheap ones by Newton steps. The maximum is
/// sharpened only when what the smoothing costs exceeds what the routing could still gain, so neither part waits for the other.
/// Deterministic: sums in fixed order, no decision by time. Compare [fleischer2000] and [bienstock2002] for the same duality with fixed steps.
/// </summary>
public static class UtilisationOptimiser
{
    /// <summary>
    /// <see cref="RoutingOutcome.Priced"/>, or <see cref="RoutingOutcome.Unconnected"/> when a demand has no path over edges with capacity. A round costs
    /// shortest paths to every target, O(n (n + m) log n).
    /// </summary>
    public static RoutingOutcome Solve(DirectedGraph graph, DemandMatrix demands, UtilisationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (RoutingOutcome.FirstUnconnected(graph, demands) is { } unconnected)
        {
            return unconnected;
        }

        return new UtilisationSearch(graph, demands).Run(options, cancellation);
    }
}
