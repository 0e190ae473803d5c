using Headroom.Audit.Comparisons.Broadcasts;
using Headroom.Audit.Reading;
using Headroom.Graphs;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Reads the links of a broadcast from a topology file: connected, each both ways, with delays from the file or one for all.</summary>
internal static class BroadcastTopology
{
    /// <param name="activity">The activity.</param>
    /// <param name="key">Its key of the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="originKey">Its key of the node that broadcasts.</param>
    /// <param name="uniform">The latency that was given for every link, with its place; null when none was.</param>
    public static (Topology Topology, int Origin) Read(Section activity, Key<string> key, string path, Key<string> originKey, (Section Network, Key Key, long Ns)? uniform)
    {
        DirectedGraph graph = EvidenceFile.Parse(path, BroadcastLinks.Parse);
        if (BroadcastLinks.Problem(graph) is { } problem)
        {
            throw activity.Fail(key, $"'topology': {problem}");
        }

        bool hasDelays = graph.LatenciesSeconds.ContainsAnyExcept(0);
        if (hasDelays && uniform is { } given)
        {
            throw given.Network.Fail(given.Key, "the topology states delays of its own: leave 'latency' out");
        }

        if (!hasDelays && uniform is null)
        {
            throw activity.Fail(key, "this topology states no delays: 'network' needs 'latency' (the minimum latency of every link, such as 40 ms)");
        }

        Topology topology = Topology.Of(graph);
        return (uniform is { } all ? topology.WithUniformLatency(all.Ns) : topology, Origin(activity, originKey, graph));
    }

    private static int Origin(Section activity, Key<string> key, DirectedGraph graph)
    {
        if (!activity.TryGet(key, out string? name))
        {
            return 0;
        }

        int node = graph.FindNode(name);
        return node >= 0 ? node : throw activity.Fail(key, $"the topology has no node '{name}'{Keys.DidYouMean(name, graph.Names)}");
    }
}
