namespace Headroom.Evidence.Latencies;

/// <summary>Minimum latencies between named regions, in nanoseconds: row from, column to.</summary>
public sealed record LatencyMatrix(IReadOnlyList<string> Regions, long[,] LatenciesNs)
{
    /// <summary>From each region to each other; within a region on the diagonal.</summary>
    public long this[int from, int to] => LatenciesNs[from, to];
}
