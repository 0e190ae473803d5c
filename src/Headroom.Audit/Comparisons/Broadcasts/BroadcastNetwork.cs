using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Links;
using Headroom.Dissemination.Broadcasts;

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

    /// <summary>The file of the latencies between regions, as people call it; empty for none.</summary>
    public string Regions { get; init; } = "";

    /// <summary>The faults as people call them; empty for none.</summary>
    public string Faults { get; init; } = "";

    public required BroadcastSetting Setting { get; init; }

    /// <summary>The axes beyond those that every row has.</summary>
    public IReadOnlyList<string> FurtherAxes { get; init; } = [];

    private LinkPlace Links => new(LatencyNs, Regions, Setting.Network, Faults);

    /// <summary>The axes of these settings, with their units.</summary>
    public static IReadOnlyList<(string Axis, string Unit)> Axes(IReadOnlyList<BroadcastNetwork> networks) =>
        [("protocol", ""), ("members", ""), ("topology", ""), .. LinkAxes.Usual, ("failures", "share"), .. LinkAxes.Of(networks[0].FurtherAxes)];

    /// <summary>The same settings, each with the axes that some of them need.</summary>
    public static BroadcastNetwork[] WithAxes(IReadOnlyList<BroadcastNetwork> networks)
    {
        string[] needed = LinkAxes.Needed([.. networks.Select(network => network.Links)]);
        return [.. networks.Select(network => network with { FurtherAxes = needed })];
    }

    public IReadOnlyList<Coordinate> Coordinates(BroadcastStrategy strategy) =>
    [
        Coordinate.Of("protocol", strategy?.Name ?? ""),
        Coordinate.Of("members", Setting.Members),
        Coordinate.Of("topology", Topology),
        .. LinkAxes.UsualCoordinates(Links),
        Coordinate.Of("failures", Setting.Failures),
        .. LinkAxes.Coordinates(Links, FurtherAxes),
    ];

    /// <summary>In words.</summary>
    public override string ToString() =>
        $"{Setting.Members} members, {Topology}, {LinkAxes.Words(Links, Setting.Network.Topology.RegionCount)}, failures {LinkLoss.Percent(Setting.Failures)}{LinkWords.Further(Setting.Network)}{FaultsChoice.WordsOf(Setting, Faults)}";
}
