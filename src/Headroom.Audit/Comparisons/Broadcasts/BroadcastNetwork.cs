using Headroom.Audit.Comparisons.Rows;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>One setting of the grid: who, over which links, how faulty.</summary>
public sealed record BroadcastNetwork
{
    /// <summary>The topology as it was typed.</summary>
    public required string Topology { get; init; }

    /// <summary>What else determines the topology: the digest of a file, or nothing.</summary>
    public string TopologyDigest { get; init; } = "";

    /// <summary>The minimum latency of every link; null where the topology states its own.</summary>
    public required long? LatencyNs { get; init; }

    public required BroadcastSetting Setting { get; init; }

    public static IReadOnlyList<(string Axis, string Unit)> Axes { get; } =
        [("protocol", ""), ("members", ""), ("topology", ""), ("latency", "s"), ("loss", "share"), ("bandwidth", "bit/s"), ("jitter", "s"), ("failures", "share")];

    private NetworkOptions Network => Setting.Network;

    public IReadOnlyList<Coordinate> Coordinates(BroadcastStrategy strategy) =>
    [
        Coordinate.Of("protocol", strategy?.Name ?? ""),
        Coordinate.Of("members", Setting.Members),
        Coordinate.Of("topology", Topology),
        Coordinate.Of("latency", LatencyNs / 1e9),
        Coordinate.Of("loss", Network.Loss),
        Coordinate.Of("bandwidth", Network.BandwidthBps),
        Coordinate.Of("jitter", Network.Jitter.MeanNs / 1e9),
        Coordinate.Of("failures", Setting.Failures),
    ];

    /// <summary>In words.</summary>
    public override string ToString()
    {
        string latency = LatencyNs is { } ns ? Time(ns) : "latencies of the file";
        string bandwidth = double.IsPositiveInfinity(Network.BandwidthBps) ? "infinite bandwidth" : new Quantity(Network.BandwidthBps, Unit.BitPerSecond).ToHumanString();
        return $"{Setting.Members} members, {Topology}, {latency}, jitter {Time(Network.Jitter.MeanNs)}, {bandwidth}, loss {Share(Network.Loss)}, failures {Share(Setting.Failures)}";
    }

    private static string Time(long ns) => ns == 0 ? "0" : new Quantity(ns / 1e9, Unit.Second).ToHumanString();

    private static string Share(double share) => $"{Print.Significant(100 * share, 6)} %";
}
