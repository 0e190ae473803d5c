using Headroom.Graphs;
using Headroom.Graphs.Paths;

namespace Headroom.Flow.Routing;

/// <summary>
/// Equal-cost multipath (ECMP): at every node the traffic towards a target is split equally among the outgoing edges that lie on a shortest
/// path by the graph's weights (parallel edges are next hops of their own). Sums of weights are equal when they agree to 1e-12. Edges of
/// weight 0 are used only where they come nearer in hops, so the split has no cycle.
/// </summary>
public static class EqualCostRouting
{
    private const double Tolerance = 1e-12;

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
        var nextHops = new List<int>();
        for (int i = 0; i < flows.Length; i++)
        {
            solver.Run(demands.Targets[i], lengths, towardsRoot: true);
            double[] through = new double[graph.NodeCount];
            foreach (Demand demand in demands.Towards(i))
            {
                through[demand.Source] += demand.RateBps;
            }

            flows[i] = new double[graph.EdgeCount];
            for (int at = solver.Order.Length - 1; at > 0; at--)
            {
                int node = solver.Order[at];
                FindNextHops(graph, solver, lengths, node, nextHops);
                double share = through[node] / nextHops.Count;
                foreach (int edge in nextHops)
                {
                    flows[i][edge] = share;
                    through[graph.Heads[edge]] += share;
                }
            }
        }

        return new RoutingOutcome.Carried(new CarriedFlow(graph, demands, flows));
    }

    private static void FindNextHops(DirectedGraph graph, ShortestPathSolver solver, double[] lengths, int node, List<int> nextHops)
    {
        nextHops.Clear();
        double distance = solver.Distances[node];
        foreach (int edge in graph.OutEdges(node))
        {
            int head = graph.Heads[edge];
            double through = solver.Distances[head] + lengths[edge];
            bool nearer = solver.Distances[head] < distance || (solver.Distances[head] == distance && solver.Hops[head] < solver.Hops[node]);
            if (nearer && (edge == solver.Edges[node] || through - distance <= Tolerance * distance))
            {
                nextHops.Add(edge);
            }
        }
    }
}
