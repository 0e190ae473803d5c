using Headroom.Dissemination.Bounds;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Wire;
using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>The bounds of one broadcast in their regimes.</summary>
/// <param name="setting">The broadcast.</param>
/// <param name="needed">Live members that must have the payload, the origin among them.</param>
/// <param name="meanDeliveries">Members besides the origin that get it, on average over runs, whole or not: costs that are means are held against it.</param>
/// <param name="contacts">The most others that a member contacts in a round.</param>
internal sealed class BroadcastLimits(BroadcastSetting setting, int needed, double meanDeliveries, int contacts)
{
    private readonly NetworkOptions _network = setting.Network;

    /// <summary>Bytes that the receivers needed for the goal must take in.</summary>
    public double BytesFloor => Bytes(null).Value.Number!.Value;

    /// <summary>
    /// The independent loss alone: a sender may learn that a link is in its bad state and wait. None where a fault plan ends it for some.
    /// </summary>
    public Limit Payloads(Money? money) => Limit.Of(DisseminationBounds.CopiesUnderLoss, new BoundArguments { ["loss"] = setting.HealsLoss ? 0 : _network.Loss }, money);

    public Limit Bytes(Money? money) => Limit.Of(DisseminationBounds.Bytes, new BoundArguments
    {
        ["deliveries"] = meanDeliveries,
        ["entropy"] = 8.0 * setting.PayloadBytes,
    }, money);

    public Limit Messages() => Limit.Of(DisseminationBounds.Copies, new BoundArguments { ["delivered"] = 1 + meanDeliveries });

    /// <summary>Where everybody reaches everybody, by the contacts of the strategy; on other topologies a link takes a round.</summary>
    public Limit Rounds() => _network.Topology.IsComplete ? RoundsAt(contacts) : Hops();

    public Limit RoundsAt(int fanout) => Limit.Of(DisseminationBounds.Rounds, new BoundArguments
    {
        ["members"] = needed,
        ["fanout"] = Math.Max(1, fanout),
    });

    public Limit Hops() => Limit.Of(DisseminationBounds.CausalDepth, new BoundArguments { ["eccentricity"] = HopsToNeeded() });

    public Limit Time()
    {
        double serialisation = _network.SerialisationNs(_network.Packets.WireBytes(BroadcastHead.MessageBytes(setting.PayloadBytes))) / 1e9;
        if (_network.Topology.Graph is { } graph)
        {
            return Limit.Of(DisseminationBounds.Latency, Farthest(graph, serialisation));
        }

        return Limit.Of(DisseminationBounds.PostalTime, new BoundArguments
        {
            ["members"] = needed,
            ["latency"] = _network.Topology.LeastLatencyNs / 1e9,
            ["serialisation"] = serialisation,
        });
    }

    /// <summary>A ceiling only where the goal counts rounds.</summary>
    public Limit? Delivered(long? withinRounds) => withinRounds is { } rounds && _network.Topology.IsComplete
        ? Limit.Of(DisseminationBounds.ShareReached, new BoundArguments
        {
            ["members"] = setting.Live,
            ["fanout"] = Math.Max(1, contacts),
            ["rounds"] = Math.Min(rounds, 10_000),
        })
        : null;

    /// <summary>Who is dead is not known beforehand, so the nearest members count, dead or not: a lower floor that holds always.</summary>
    private double HopsToNeeded() => _network.Topology.Graph is { } graph
        ? BreadthFirst.Hops(graph, setting.Origin).Where(h => h >= 0).Order().ElementAt(needed - 1)
        : Math.Min(1, needed - 1);

    private BoundArguments Farthest(DirectedGraph graph, double serialisation)
    {
        var lengths = new double[graph.EdgeCount];
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            lengths[edge] = (_network.Topology.LatencyBetweenNs(graph.Tails[edge], graph.Heads[edge]) / 1e9) + serialisation;
        }

        ShortestPathTree paths = Dijkstra.From(graph, setting.Origin, lengths);
        int member = Enumerable.Range(0, graph.NodeCount).OrderBy(v => paths.Distances[v]).ElementAt(needed - 1);
        return new BoundArguments
        {
            ["eccentricity"] = Math.Max(0, paths.Distances[member] - (serialisation * paths.Hops[member])),
            ["serialisation"] = serialisation,
            ["hops"] = paths.Hops[member],
        };
    }
}
