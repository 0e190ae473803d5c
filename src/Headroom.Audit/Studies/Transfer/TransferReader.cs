using Headroom.Audit.Reading;
using Headroom.Evidence.Topologies;
using Headroom.Flow;
using Headroom.Flow.Routing;
using Headroom.Graphs;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Strategies;

namespace Headroom.Audit.Studies.Transfer;

/// <summary>Reads a transfer and the two files that it names.</summary>
internal static class TransferReader
{
    public static readonly Key<string> TopologyKey =
        Keys.File("topology", "the network: REPETITA (.graph) or GraphML as in the Topology Zoo").Required();

    public static readonly Key<string> DemandsKey =
        Keys.File("demands", "who sends how much to whom: REPETITA (.demands); nodes by index or label").Required();

    public static readonly Key<Quantity> CapacityKey =
        Keys.Positive("capacity", "10 Gbit/s", "of every link whose capacity a GraphML file does not state, each way");

    public static readonly Key<StrategyCall> NowKey =
        Keys.Strategy("now", "how traffic is routed today", TransferStrategies.Forms).Required();

    public static readonly Key<double> UtilisationGoalKey = Keys.Share("utilisation", "no link may be used above this", min: 0.01);

    public static readonly Key<Quantity> LatencyGoalKey = Keys.Positive("latency", "30 ms", "the mean way of a carried bit may take at most this");

    public static readonly Key<Section> GoalKey = Keys.Section("goal", "what a strategy must meet to count", UtilisationGoalKey, LatencyGoalKey);

    public static readonly Key<double> TargetKey =
        Keys.Share("target", "with a price of capacity: links used above this are enlarged to it", min: 0.01).Or("80 %");

    public static readonly Key<double> ActiveKey =
        Keys.Share("active", "share of the time in which the demands flow, for what egress costs a year").Or("100 %");

    public static readonly Key<string> EgressKey =
        Keys.Choice("egress", "where the price of egress is paid: where a byte starts, or at every site that it leaves", "once", "every-hop").Or("once");

    public static IReadOnlyList<Key> All { get; } = [TopologyKey, DemandsKey, CapacityKey, NowKey, GoalKey, TargetKey, ActiveKey, EgressKey];

    public static TransferInput Read(Section activity)
    {
        var notes = new List<string>();
        DirectedGraph graph = ReadTopology(activity, notes);
        string path = activity.Get(DemandsKey);
        IReadOnlyList<DemandRecord> records = EvidenceFile.Parse(path, text => RepetitaReader.ReadDemands(text, graph));
        var demands = new DemandMatrix(graph.NodeCount, records.Select(r => new Demand(r.Source, r.Target, r.RateBps)));
        if (demands.Count == 0)
        {
            throw activity.Fail(DemandsKey, "'demands' holds no demand above zero: there is nothing to transfer");
        }

        CheckConnected(graph, demands, records, path);
        double? latencyGoal = null;
        double? utilisationGoal = null;
        if (activity.TryGet(GoalKey, out Section? goal))
        {
            utilisationGoal = goal.TryGet(UtilisationGoalKey, out double share) ? share : null;
            latencyGoal = goal.TryGet(LatencyGoalKey, out Quantity latency) ? latency.Base : null;
            if (latencyGoal is not null && !graph.LatenciesSeconds.ContainsAnyExcept(0))
            {
                throw goal.Fail(LatencyGoalKey, "the topology states no delays, so nothing can be said of latency");
            }
        }

        return new TransferInput
        {
            Graph = graph,
            Demands = demands,
            Source = $"{Path.GetFileName(path)} on {Path.GetFileName(activity.Get(TopologyKey))}",
            Now = activity.Get(NowKey),
            UtilisationGoal = utilisationGoal,
            LatencyGoalSeconds = latencyGoal,
            TargetUtilisation = activity.Get(TargetKey),
            ActiveShare = activity.Get(ActiveKey),
            EgressAtEveryHop = activity.Get(EgressKey) == "every-hop",
            Notes = notes,
        };
    }

    private static DirectedGraph ReadTopology(Section activity, List<string> notes)
    {
        string path = activity.Get(TopologyKey);
        bool hasDefault = activity.TryGet(CapacityKey, out Quantity capacity);
        DirectedGraph graph = EvidenceFile.Parse(path, text =>
        {
            if (!text.AsSpan().TrimStart().StartsWith("<"))
            {
                return hasDefault
                    ? throw activity.Fail(CapacityKey, "'capacity' is for GraphML files that state none; this topology states its own")
                    : RepetitaReader.ReadGraph(text);
            }

            GraphMlTopology topology = GraphMlReader.Read(text, hasDefault ? capacity.Base : null);
            if (topology.EdgesWithoutCapacity > 0)
            {
                notes.Add($"{topology.EdgesWithoutCapacity} link{(topology.EdgesWithoutCapacity == 1 ? " states" : "s state")} no capacity and {(topology.EdgesWithoutCapacity == 1 ? "was" : "were")} given {capacity}");
            }

            return topology.Graph;
        });
        return graph.EdgeCount > 0 ? graph : throw activity.Fail(TopologyKey, "'topology' has no links");
    }

    /// <summary>Every demand needs a path; the first in the file that has none is told with its line.</summary>
    private static void CheckConnected(DirectedGraph graph, DemandMatrix demands, IReadOnlyList<DemandRecord> records, string path)
    {
        if (RoutingOutcome.FirstUnconnected(graph, demands) is { } parted)
        {
            DemandRecord record = records.First(r => r.Source == parted.Source && r.Target == parted.Target && r.RateBps > 0);
            throw new InputException(
                new Mark(EvidenceFile.Shown(path), record.Line, 1),
                $"{record.Label}: no path of links with capacity leads from {graph.Names[record.Source]} to {graph.Names[record.Target]}");
        }
    }
}
