using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Links;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>One setting of the grid: who, over which links, how faulty.</summary>
public sealed record BroadcastNetwork
{
    /// <summary>What links and faults do beyond latency, jitter, loss, bandwidth and failures: columns where some setting of the grid has it.</summary>
    private static readonly (string Axis, string Unit, Func<BroadcastNetwork, bool> IsUsual, Func<BroadcastNetwork, Coordinate> Of)[] Further =
    [
        ("regions", "", n => n.Regions.Length == 0, n => Coordinate.Of("regions", n.Regions)),
        ("jitterShape", "", n => LinkWords.ShapeOf(n.Network.Jitter).Length == 0, n => Coordinate.Of("jitterShape", Shape(n.Network.Jitter))),
        ("burst", "messages", n => n.Network.Bursts is null, n => Coordinate.Of("burst", n.Network.Bursts?.BurstMean ?? 1)),
        ("duplication", "share", n => n.Network.Duplication == 0, n => Coordinate.Of("duplication", n.Network.Duplication)),
        ("reordering", "share", n => n.Network.Reordering == 0, n => Coordinate.Of("reordering", n.Network.Reordering)),
        ("reorderDelay", "s", n => n.Network.Reordering == 0, n => Coordinate.Of("reorderDelay", n.Network.ReorderDelayNs / 1e9)),
        ("inOrder", "", n => !n.Network.InOrder, n => Coordinate.Of("inOrder", n.Network.InOrder ? "yes" : "no")),
        ("queue", "B", n => n.Network.QueueBytesMax is null, n => Coordinate.Of("queue", n.Network.QueueBytesMax ?? double.PositiveInfinity)),
        ("faults", "", n => n.Faults.Length == 0, n => Coordinate.Of("faults", n.Faults)),
    ];

    /// <summary>The topology as it was typed.</summary>
    public required string Topology { get; init; }

    /// <summary>What else determines the topology: the digest of a file, or nothing.</summary>
    public string TopologyDigest { get; init; } = "";

    /// <summary>The minimum latency of every link; null where the topology states its own.</summary>
    public required long? LatencyNs { get; init; }

    /// <summary>The file of the latencies between regions, as people call it; empty for none.</summary>
    public string Regions { get; init; } = "";

    /// <summary>The faults as people call them; empty for none.</summary>
    public string Faults { get; init; } = "";

    public required BroadcastSetting Setting { get; init; }

    /// <summary>The axes beyond those that every row has.</summary>
    public IReadOnlyList<string> FurtherAxes { get; init; } = [];

    private NetworkOptions Network => Setting.Network;

    /// <summary>The axes of these settings, with their units.</summary>
    public static IReadOnlyList<(string Axis, string Unit)> Axes(IReadOnlyList<BroadcastNetwork> networks) =>
    [
        ("protocol", ""), ("members", ""), ("topology", ""), ("latency", "s"), ("loss", "share"), ("bandwidth", "bit/s"), ("jitter", "s"), ("failures", "share"),
        .. Further.Where(axis => networks[0].FurtherAxes.Contains(axis.Axis)).Select(axis => (axis.Axis, axis.Unit)),
    ];

    /// <summary>The same settings, each with the axes that some of them need.</summary>
    public static BroadcastNetwork[] WithAxes(IReadOnlyList<BroadcastNetwork> networks)
    {
        string[] needed = [.. Further.Where(axis => networks.Any(network => !axis.IsUsual(network))).Select(axis => axis.Axis)];
        return [.. networks.Select(network => network with { FurtherAxes = needed })];
    }

    public IReadOnlyList<Coordinate> Coordinates(BroadcastStrategy strategy) =>
    [
        Coordinate.Of("protocol", strategy?.Name ?? ""),
        Coordinate.Of("members", Setting.Members),
        Coordinate.Of("topology", Topology),
        Coordinate.Of("latency", LatencyNs / 1e9),
        Coordinate.Of("loss", Network.Bursts?.Mean ?? Network.Loss),
        Coordinate.Of("bandwidth", Network.BandwidthBps),
        Coordinate.Of("jitter", Network.Jitter.MeanNs / 1e9),
        Coordinate.Of("failures", Setting.Failures),
        .. Further.Where(axis => FurtherAxes.Contains(axis.Axis)).Select(axis => axis.Of(this)),
    ];

    /// <summary>In words.</summary>
    public override string ToString()
    {
        string latency = LatencyNs is { } ns ? LinkWords.Time(ns) : Regions.Length > 0 ? $"latencies of {Regions} ({Network.Topology.RegionCount} regions)" : "latencies of the file";
        string bandwidth = double.IsPositiveInfinity(Network.BandwidthBps) ? "infinite bandwidth" : new Quantity(Network.BandwidthBps, Unit.BitPerSecond).ToHumanString();
        return $"{Setting.Members} members, {Topology}, {latency}, jitter {LinkWords.Of(Network.Jitter)}, {bandwidth}, {LinkLoss.Words(Network)}, failures {LinkLoss.Percent(Setting.Failures)}"
            + LinkWords.Further(Network) + FaultsChoice.WordsOf(Setting, Faults);
    }

    private static string Shape(Jitter jitter) => LinkWords.ShapeOf(jitter) is { Length: > 0 } shape
        ? jitter.Sigma > 0 ? $"{shape} {Print.Significant(jitter.Sigma, 6)}" : shape
        : "exponential";
}
