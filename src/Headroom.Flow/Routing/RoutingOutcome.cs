using Headroom.Graphs;

namespace Headroom.Flow.Routing;

/// <summary>A way of routing either carries the demands, or a demand has no path: an answer, not an error.</summary>
public abstract record RoutingOutcome
{
    private RoutingOutcome()
    {
    }

    /// <summary>Every demand is carried whole. Utilisations above 1 are what they are.</summary>
    public record Carried(CarriedFlow Flow) : RoutingOutcome;

    /// <summary>
    /// Carried, with a price for every edge from which a checker that knows nothing of how they were found computes a floor under the maximum
    /// utilisation of every routing. The sum of capacity times price is 1, so a price is how much the floor rises per bit/s that must cross
    /// the edge; prices are 0 where nothing is scarce. <see cref="GapReached"/> tells whether the search ended at the gap asked for or at its last round.
    /// </summary>
    public sealed record Priced(CarriedFlow Flow, IReadOnlyList<double> Prices, int Rounds, bool GapReached) : Carried(Flow);

    /// <summary>No path leads from the source to the target over edges that have capacity.</summary>
    public sealed record Unconnected(int Source, int Target) : RoutingOutcome;

    /// <summary>The first demand, by target and source, that no path can carry; null when there is none.</summary>
    public static Unconnected? FirstUnconnected(DirectedGraph graph, DemandMatrix demands)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(demands);
        bool[] reached = new bool[graph.NodeCount];
        int[] queue = new int[graph.NodeCount];
        for (int i = 0; i < demands.Targets.Length; i++)
        {
            Array.Clear(reached);
            queue[0] = demands.Targets[i];
            reached[queue[0]] = true;
            int end = 1;
            for (int at = 0; at < end; at++)
            {
                foreach (int edge in graph.InEdges(queue[at]))
                {
                    int tail = graph.Tails[edge];
                    if (!reached[tail] && graph.CapacitiesBps[edge] > 0)
                    {
                        reached[tail] = true;
                        queue[end++] = tail;
                    }
                }
            }

            foreach (Demand demand in demands.Towards(i))
            {
                if (!reached[demand.Source])
                {
                    return new Unconnected(demand.Source, demand.Target);
                }
            }
        }

        return null;
    }
}
