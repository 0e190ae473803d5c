using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Simulation.Networks;

namespace Headroom.Dissemination.Trees;

/// <summary>Trees to broadcast on.</summary>
public static class BroadcastTrees
{
    /// <summary>The complete k-ary tree: the members, counted cyclically from the root, in breadth-first order.</summary>
    public static BroadcastTree KAry(int members, int root, int arity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)root, (uint)members);
        var parents = new int[members];
        var order = new int[members];
        for (int i = 0; i < members; i++)
        {
            order[i] = (root + i) % members;
            parents[order[i]] = i == 0 ? -1 : order[(i - 1) / arity];
        }

        return new BroadcastTree(root, parents, order);
    }

    /// <summary>
    /// The tree that informs members earliest where everybody reaches everybody with the same latency, nobody sends to more than
    /// <paramref name="fanoutMax"/>, and a sender starts one copy every <paramref name="sendNs"/>: each next member is given to the sender whose
    /// copy would be there first. Without a limit on the fan-out it is the optimal broadcast tree of the LogP and postal models [karp1993].
    /// O(n log n).
    /// </summary>
    public static BroadcastTree Earliest(int members, int root, long latencyNs, long sendNs, int fanoutMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanoutMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(latencyNs);
        ArgumentOutOfRangeException.ThrowIfNegative(sendNs);
        var parents = new int[members];
        var order = new int[members];
        var sentBy = new int[members];
        // Keyed by the arrival of the sender's next copy; ties by the order of informing, so that equal senders fill evenly.
        var next = new PriorityQueue<(int Member, long ArrivalNs), (long ArrivalNs, long Turn)>(members);
        long turns = 0;
        order[0] = root;
        parents[root] = -1;
        next.Enqueue((root, sendNs + latencyNs), (sendNs + latencyNs, turns++));
        for (int i = 1; i < members; i++)
        {
            (int sender, long arrivalNs) = next.Dequeue();
            int member = (root + i) % members;
            order[i] = member;
            parents[member] = sender;
            if (++sentBy[sender] < fanoutMax)
            {
                next.Enqueue((sender, arrivalNs + sendNs), (arrivalNs + sendNs, turns++));
            }

            next.Enqueue((member, arrivalNs + sendNs + latencyNs), (arrivalNs + sendNs + latencyNs, turns++));
        }

        return new BroadcastTree(root, parents, order);
    }

    /// <summary>
    /// The tree of shortest paths from the root in minimum latency plus one serialisation a hop: no other tree reaches any
    /// member earlier on idle lines. Members without a path are left out.
    /// </summary>
    public static BroadcastTree ShortestPaths(Topology topology, int root, long sendNs)
    {
        ArgumentNullException.ThrowIfNull(topology);
        DirectedGraph graph = topology.Graph ?? throw new ArgumentException("a complete topology has no graph: use Earliest", nameof(topology));
        var lengthsNs = new double[graph.EdgeCount];
        for (int edge = 0; edge < lengthsNs.Length; edge++)
        {
            lengthsNs[edge] = topology.LatencyBetweenNs(graph.Tails[edge], graph.Heads[edge]) + sendNs;
        }

        ShortestPathTree paths = Dijkstra.From(graph, root, lengthsNs);
        var parents = new int[topology.Members];
        for (int member = 0; member < parents.Length; member++)
        {
            parents[member] = paths.Parent(member);
        }

        return new BroadcastTree(root, parents, [.. paths.Order]);
    }
}
