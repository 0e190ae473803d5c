using Headroom.Graphs;
using Headroom.Graphs.Paths;

namespace Headroom.Flow.Routing;

/// <summary>Every demand whole on one shortest path by the graph's weights; ties by fewer hops, then lower edge index.</summary>
public static class ShortestPathRouting
{
    public static RoutingOutcome Route(DirectedGraph graph, DemandMatrix demands)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        if (RoutingOutcome.FirstUnconnected(graph, demands) is { } unconnected)
        {
            return unconnected;
        }

        double[] lengths = Lengths.OfWeights(graph);
        var solver = new ShortestPathSolver(graph);
        double[][] flows = new double[demands.Targets.Length][];
        for (int i = 0; i < flows.Length; i++)
        {
            solver.Run(demands.Targets[i], lengths, towardsRoot: true);
            flows[i] = TreeFlow(graph, solver, demands.Towards(i));
        }

        return new RoutingOutcome.Carried(new CarriedFlow(graph, demands, flows));
    }

    /// <summary>The demands towards the tree's root, gathered from the leaves.</summary>
    private static double[] TreeFlow(DirectedGraph graph, ShortestPathSolver tree, ReadOnlySpan<Demand> demands)
    {
        double[] through = new double[graph.NodeCount];
        foreach (Demand demand in demands)
        {
            through[demand.Source] += demand.RateBps;
        }

        double[] flow = new double[graph.EdgeCount];
        for (int at = tree.Order.Length - 1; at > 0; at--)
        {
            int node = tree.Order[at];
            int edge = tree.Edges[node];
            flow[edge] = through[node];
            through[graph.Heads[edge]] += through[node];
        }

        return flow;
    }
}
