using Headroom.Audit.Links;
using Headroom.Graphs;
using Headroom.Graphs.Paths;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Members and the links between them, and what is left of both when a leader is lost.</summary>
public sealed class CoordinateLinks
{
    private readonly long[,] _latenciesNs;
    private readonly DirectedGraph? _graph;
    private readonly Dictionary<int, Survivors> _without = [];
    private readonly Dictionary<int, ShortestPathTree> _trees = [];
    private DirectedGraph? _ring;

    private CoordinateLinks(LinkShape shape, IReadOnlyList<string> regions, int[] regionOf, long[,] latenciesNs, DirectedGraph? graph)
    {
        (Shape, Regions, RegionOf, _latenciesNs, _graph) = (shape, regions, regionOf, latenciesNs, graph);
        Leaders = [.. Enumerable.Range(0, Members).Where(leader => shape != LinkShape.Graph || IsConnected(Without(leader).Topology))];
    }

    public LinkShape Shape { get; }

    public IReadOnlyList<string> Regions { get; }

    public IReadOnlyList<int> RegionOf { get; }

    public int Members => RegionOf.Count;

    /// <summary>Members without whom the others still reach each other.</summary>
    public IReadOnlyList<int> Leaders { get; }

    /// <summary>All members, where all reach all.</summary>
    public Topology Whole => Topology.Regions([.. RegionOf], _latenciesNs);

    /// <summary>Minimum latency from the row's region to the column's; of a graph nothing.</summary>
    internal long[,] RegionLatenciesNs => _latenciesNs;

    public long LatencyNsMax
    {
        get
        {
            long most = 0;
            for (int from = 0; from < Members; from++)
            {
                for (int to = 0; to < Members; to++)
                {
                    most = from == to ? most : Math.Max(most, DistanceNs(from, to));
                }
            }

            return most;
        }
    }

    public static CoordinateLinks All(IReadOnlyList<string> regions, int[] regionOf, long[,] latenciesNs) => new(LinkShape.All, regions, regionOf, latenciesNs, null);

    /// <summary>Each member is linked to the next, the last to the first.</summary>
    public static CoordinateLinks Ring(IReadOnlyList<string> regions, int[] regionOf, long[,] latenciesNs) => new(LinkShape.Ring, regions, regionOf, latenciesNs, null);

    /// <summary>Links of a graph, each both ways.</summary>
    public static CoordinateLinks Of(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(LinkShape.Graph, [PlaceKeys.OnlyRegion], new int[graph.NodeCount], new long[1, 1], graph);
    }

    /// <summary>Who is left without this member: on a ring its neighbours close the gap.</summary>
    public Survivors Without(int leader)
    {
        if (!_without.TryGetValue(leader, out Survivors? survivors))
        {
            int[] members = [.. Enumerable.Range(0, Members).Where(member => member != leader)];
            Topology topology = Shape == LinkShape.All ? Topology.Regions([.. members.Select(member => RegionOf[member])], _latenciesNs) : Topology.Of(Shape == LinkShape.Ring ? Closed(members) : Left(members));
            _without[leader] = survivors = new Survivors(topology, members);
        }

        return survivors;
    }

    /// <summary>Of the shortest way.</summary>
    public long DistanceNs(int from, int to) => Shape == LinkShape.All ? _latenciesNs[RegionOf[from], RegionOf[to]]
        : (long)Math.Round(Tree(from).Distances[to] * 1e9);

    private ShortestPathTree Tree(int from)
    {
        if (!_trees.TryGetValue(from, out ShortestPathTree? tree))
        {
            _trees[from] = tree = Dijkstra.MinimumLatencyTree(_graph ?? (_ring ??= Closed([.. Enumerable.Range(0, Members)])), from);
        }

        return tree;
    }

    private DirectedGraph Closed(int[] members)
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(members.Length);
        for (int i = 0; i < (members.Length == 2 ? 1 : members.Length); i++)
        {
            int next = (i + 1) % members.Length;
            builder.AddLink(i, next, latencySeconds: _latenciesNs[RegionOf[members[i]], RegionOf[members[next]]] / 1e9);
        }

        return builder.Build();
    }

    private DirectedGraph Left(int[] members)
    {
        GraphBuilder builder = new GraphBuilder().AddNodes(members.Length);
        for (int edge = 0; edge < _graph!.EdgeCount; edge++)
        {
            (int from, int to) = (Array.IndexOf(members, _graph.Tails[edge]), Array.IndexOf(members, _graph.Heads[edge]));
            if (from >= 0 && to >= 0)
            {
                builder.AddEdge(from, to, latencySeconds: _graph.LatenciesSeconds[edge]);
            }
        }

        return builder.Build();
    }

    private static bool IsConnected(Topology topology) => Connectivity.IsStronglyConnected(topology.Graph!);
}
