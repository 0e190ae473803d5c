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
        for (int i = 0; i < flows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            flows[i] = new double[graph.EdgeCount];
            ShortestPathTree tree = Dijkstra.To(graph, demands.Targets[i], lengths);
            foreach (Demand demand in demands.Towards(i))
            {
                IReadOnlyList<GraphPath> paths = KShortestPaths.Find(tree, demand.Source, k, lengths);
                foreach (GraphPath path in paths)
                {
                    foreach (int edge in path.Edges)
                    {
                        flows[i][edge] += demand.RateBps / paths.Count;
                    }
                }
            }
        }

        return new RoutingOutcome.Carried(new CarriedFlow(graph, demands, flows));
    }
}
