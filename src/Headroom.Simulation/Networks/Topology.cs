using Headroom.Graphs;

namespace Headroom.Simulation.Networks;

/// <summary>
/// Who has a link to whom and its minimum latency. A complete topology stores nothing, one of regions two bytes a member; any other keeps its links in
/// compressed rows, the peers of a member ascending, with their latencies where these differ. Links are directed; an undirected edge is two.
/// </summary>
public sealed partial class Topology
{
    private const int ScanMax = 32;

    private readonly int[] _offsets;
    private readonly int[] _peers;
    private readonly long[] _latenciesNs;
    private readonly long _uniformNs;

    private Topology(int members, int[] offsets, int[] peers, long[] latenciesNs, long uniformNs)
    {
        Members = members;
        _offsets = offsets;
        _peers = peers;
        _latenciesNs = latenciesNs;
        _uniformNs = uniformNs;
    }

    public int Members { get; }

    /// <summary>Where the links come from; null for a complete topology.</summary>
    public DirectedGraph? Graph { get; private init; }

    public bool IsComplete => _offsets.Length == 0;

    /// <summary>Directed links: twice the edges.</summary>
    public long Links => IsComplete ? (long)Members * (Members - 1) : _peers.Length;

    /// <summary>Everybody reaches everybody with the same minimum latency.</summary>
    public static Topology Complete(int members, long latencyNs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(latencyNs);
        return new Topology(members, [], [], [], latencyNs);
    }

    /// <summary>
    /// The edges of a graph with their latencies, rounded to nanoseconds; of parallel edges the fastest counts. Capacities are not read: every
    /// member has one line (see <see cref="NetworkOptions"/>).
    /// </summary>
    public static Topology Of(DirectedGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfLessThan(graph.NodeCount, 1, nameof(graph));
        var links = new (int From, int To, long LatencyNs)[graph.EdgeCount];
        for (int edge = 0; edge < links.Length; edge++)
        {
            links[edge] = (graph.Tails[edge], graph.Heads[edge], (long)Math.Round(graph.LatenciesSeconds[edge] * 1e9));
        }

        Array.Sort(links);
        var offsets = new int[graph.NodeCount + 1];
        var peers = new List<int>(links.Length);
        var latencies = new List<long>(links.Length);
        for (int i = 0; i < links.Length; i++)
        {
            if (i > 0 && links[i].From == links[i - 1].From && links[i].To == links[i - 1].To)
            {
                continue;
            }

            offsets[links[i].From + 1]++;
            peers.Add(links[i].To);
            latencies.Add(links[i].LatencyNs);
        }

        for (int v = 0; v < graph.NodeCount; v++)
        {
            offsets[v + 1] += offsets[v];
        }

        return new Topology(graph.NodeCount, offsets, [.. peers], [.. latencies], 0) { Graph = graph };
    }

    /// <summary>The same links, all with this minimum latency; regions, if any, are forgotten.</summary>
    public Topology WithUniformLatency(long latencyNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(latencyNs);
        return new Topology(Members, _offsets, _peers, [], latencyNs) { Graph = Graph };
    }

    public int Degree(int member) => IsComplete ? Members - 1 : _offsets[member + 1] - _offsets[member];

    /// <summary>The i-th peer of a member. In a complete topology peers are counted cyclically from the member itself.</summary>
    public int Peer(int member, int i)
    {
        if (!IsComplete)
        {
            return _peers[_offsets[member] + i];
        }

        int peer = member + 1 + i;
        return peer >= Members ? peer - Members : peer;
    }

    /// <summary>Minimum latency of the i-th link of a member.</summary>
    public long LatencyNs(int member, int i) => _latenciesNs.Length > 0 ? _latenciesNs[_offsets[member] + i]
        : _regions.Length == 0 ? _uniformNs
        : RegionalNs(member, Peer(member, i));

    /// <summary>Minimum latency of the link between two members; -1 when there is none.</summary>
    public long LatencyBetweenNs(int from, int to)
    {
        if (IsComplete)
        {
            return from == to ? -1 : _regions.Length == 0 ? _uniformNs : RegionalNs(from, to);
        }

        int start = _offsets[from];
        ReadOnlySpan<int> peers = _peers.AsSpan(start, _offsets[from + 1] - start);
        int at = peers.Length <= ScanMax ? peers.IndexOf(to) : peers.BinarySearch(to);
        return at < 0 ? -1 : _latenciesNs.Length > 0 ? _latenciesNs[start + at] : _uniformNs;
    }
}
