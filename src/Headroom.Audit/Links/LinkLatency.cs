using Headroom.Evidence.Latencies;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Links;

/// <summary>The minimum latency of every link, or a matrix of regions that the members are dealt out to: member m lives in region m modulo their number.</summary>
public sealed record LinkLatency
{
    /// <summary>The same for all links; null with a matrix.</summary>
    public long? Ns { get; init; }

    public LatencyMatrix? Matrix { get; init; }

    /// <summary>The matrix's file, as people call it.</summary>
    public string File { get; init; } = "";

    /// <summary>Of the file's text.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Everybody reaches everybody at these latencies; the matrix must not have more regions than there are members.</summary>
    public Topology Complete(int members) => Matrix is { } matrix
        ? Topology.Regions([.. Enumerable.Range(0, members).Select(member => member % matrix.Regions.Count)], matrix.LatenciesNs)
        : Topology.Complete(members, Ns!.Value);
}
