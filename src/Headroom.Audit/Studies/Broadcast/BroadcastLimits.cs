using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Wire;
using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>The bounds of one activity in their regimes. They speak of strategies that reach the goal's share of the live members.</summary>
internal sealed class BroadcastLimits(BroadcastInput input, int contactsNow)
{
    private readonly NetworkOptions _network = input.Setting.Network;

    /// <summary>A strategy meets the goal by its mean over runs, so costs that are means are held against the mean number of deliveries, whole or not.</summary>
    private double MeanDeliveries => input.Goal.Delivered * (input.Live - 1);

    /// <summary>Bytes that the receivers needed for the goal must take in.</summary>
    public double BytesFloor => Bytes(null).Value.Number!.Value;

    public Limit Payloads(Money? money) => Limit.Of(DisseminationBounds.CopiesUnderLoss, new BoundArguments { ["loss"] = _network.Loss }, money);

    public Limit Bytes(Money? money) => Limit.Of(DisseminationBounds.Bytes, new BoundArguments
    {
        ["deliveries"] = MeanDeliveries,
        ["entropy"] = 8.0 * input.Setting.PayloadBytes,
    }, money);

    public Limit Messages() => Limit.Of(DisseminationBounds.Copies, new BoundArguments { ["delivered"] = 1 + MeanDeliveries });

    /// <summary>Where everybody reaches everybody, by the contacts of today's strategy; on other topologies a link takes a round.</summary>
    public Limit Rounds() => _network.Topology.IsComplete ? RoundsAt(contactsNow) : Hops();

    public Limit RoundsAt(int contacts) => Limit.Of(DisseminationBounds.Rounds, new BoundArguments
    {
        ["members"] = input.Needed,
        ["fanout"] = Math.Max(1, contacts),
    });

    public Limit Hops() => Limit.Of(DisseminationBounds.CausalDepth, new BoundArguments { ["eccentricity"] = HopsToNeeded() });

    public Limit Time()
    {
        double serialisation = _network.SerialisationNs(_network.Packets.WireBytes(BroadcastHead.MessageBytes(input.Setting.PayloadBytes))) / 1e9;
        if (_network.Topology.Graph is { } graph)
        {
            return Limit.Of(DisseminationBounds.Latency, Farthest(graph, serialisation));
        }

        return Limit.Of(DisseminationBounds.PostalTime, new BoundArguments
        {
            ["members"] = input.Needed,
            ["latency"] = _network.Topology.LatencyNs(0, 0) / 1e9,
            ["serialisation"] = serialisation,
        });
    }

    /// <summary>A ceiling only where the goal counts rounds.</summary>
    public Limit? Delivered() => input.Goal.WithinRounds is { } rounds && _network.Topology.IsComplete
        ? Limit.Of(DisseminationBounds.ShareReached, new BoundArguments
        {
            ["members"] = input.Live,
            ["fanout"] = Math.Max(1, contactsNow),
            ["rounds"] = Math.Min(rounds, 10_000),
        })
        : null;

    /// <summary>Who is dead is not known beforehand, so the nearest members count, dead or not: a lower floor that holds always.</summary>
    private double HopsToNeeded() => _network.Topology.Graph is { } graph
        ? BreadthFirst.Hops(graph, input.Setting.Origin).Where(h => h >= 0).Order().ElementAt(input.Needed - 1)
        : Math.Min(1, input.Needed - 1);

    private BoundArguments Farthest(DirectedGraph graph, double serialisation)
    {
        var lengths = new double[graph.EdgeCount];
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            lengths[edge] = (_network.Topology.LatencyBetweenNs(graph.Tails[edge], graph.Heads[edge]) / 1e9) + serialisation;
        }

        ShortestPathTree paths = Dijkstra.From(graph, input.Setting.Origin, lengths);
        int member = Enumerable.Range(0, graph.NodeCount).OrderBy(v => paths.Distances[v]).ElementAt(input.Needed - 1);
        return new BoundArguments
        {
            ["eccentricity"] = Math.Max(0, paths.Distances[member] - (serialisation * paths.Hops[member])),
            ["serialisation"] = serialisation,
            ["hops"] = paths.Hops[member],
        };
    }
}
