using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Links;
using Headroom.Kernel.Quantities;
using Headroom.Simulation.Networks;

namespace Headroom.Audit.Comparisons.Grids;

/// <summary>The columns that say what links and faults do: those that every row has, and those beyond, which stand only where some setting of the grid needs them.</summary>
internal static class LinkAxes
{
    private static readonly (string Axis, string Unit, Func<LinkPlace, bool> IsUsual, Func<LinkPlace, Coordinate> Of)[] Further =
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

    /// <summary>The columns beyond the usual that these settings need.</summary>
    public static string[] Needed(IReadOnlyList<LinkPlace> places) => [.. Further.Where(axis => places.Any(place => !axis.IsUsual(place))).Select(axis => axis.Axis)];

    public static IEnumerable<(string Axis, string Unit)> Of(IReadOnlyList<string> needed) => Further.Where(axis => needed.Contains(axis.Axis)).Select(axis => (axis.Axis, axis.Unit));

    public static IEnumerable<Coordinate> Coordinates(LinkPlace place, IReadOnlyList<string> needed) => Further.Where(axis => needed.Contains(axis.Axis)).Select(axis => axis.Of(place));

    public static (string Axis, string Unit)[] Usual { get; } = [("latency", "s"), ("loss", "share"), ("bandwidth", "bit/s"), ("jitter", "s")];

    public static Coordinate[] UsualCoordinates(LinkPlace place) =>
    [
        Coordinate.Of("latency", place.LatencyNs / 1e9),
        Coordinate.Of("loss", place.Network.Bursts?.Mean ?? place.Network.Loss),
        Coordinate.Of("bandwidth", place.Network.BandwidthBps),
        Coordinate.Of("jitter", place.Network.Jitter.MeanNs / 1e9),
    ];

    /// <summary>The usual columns in words: <c>5 ms, jitter 0, 1 Gbit/s, loss 0 %</c>.</summary>
    public static string Words(LinkPlace place, int regions)
    {
        string latency = place.LatencyNs is { } ns ? LinkWords.Time(ns) : place.Regions.Length > 0 ? $"latencies of {place.Regions} ({regions} regions)" : "latencies of the file";
        string bandwidth = double.IsPositiveInfinity(place.Network.BandwidthBps) ? "infinite bandwidth" : new Quantity(place.Network.BandwidthBps, Unit.BitPerSecond).ToHumanString();
        return $"{latency}, jitter {LinkWords.Of(place.Network.Jitter)}, {bandwidth}, {LinkLoss.Words(place.Network)}";
    }

    private static string Shape(Jitter jitter) => LinkWords.ShapeOf(jitter) is { Length: > 0 } shape
        ? jitter.Sigma > 0 ? $"{shape} {Print.Significant(jitter.Sigma, 6)}" : shape
        : "exponential";
}

/// <summary>What a setting's links and faults are called: the latency of every link where there is one, a file of regions, the links' behaviour, the faults.</summary>
internal readonly record struct LinkPlace(long? LatencyNs, string Regions, NetworkOptions Network, string Faults);
