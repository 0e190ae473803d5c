using Headroom.Graphs;
using Headroom.Graphs.Paths;

namespace Headroom.Flow.Routing;

/// <summary>Every demand split evenly over its k shortest loopless paths by the graph's weights (over as many as there are).</summary>
public static class KShortestPathRouting
{
    public static RoutingOutcome Route(DirectedGraph graph, DemandMatrix demands, int k, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        if (RoutingOutcome.FirstUnconnected(graph, demands) is { } unconnected)
        {
            return unconnected;
        }

        double[] lengths = Lengths.OfWeights(graph);
        double[][] flows = new double[demands.Targets.Length][];

        // Targets do not meet: any number of threads gives the same rows.
        Parallel.For(0, flows.Length, new ParallelOptions { CancellationToken = cancellation }, i => flows[i] = Towards(graph, demands, i, k, lengths));
        return new RoutingOutcome.Carried(new CarriedFlow(graph, demands, flows));
    }

    private static double[] Towards(DirectedGraph graph, DemandMatrix demands, int index, int k, double[] lengths)
    {
        double[] flow = new double[graph.EdgeCount];
        var search = new KShortestPaths(Dijkstra.To(graph, demands.Targets[index], lengths), lengths);
        foreach (Demand demand in demands.Towards(index))
        {
            IReadOnlyList<GraphPath> paths = search.From(demand.Source, k);
            foreach (GraphPath path in paths)
            {
                foreach (int edge in path.Edges)
                {
                    flow[edge] += demand.RateBps / paths.Count;
                }
            }
        }

        return flow;
    }
}
