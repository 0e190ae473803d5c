using Headroom.Audit.Comparisons.Grids;
using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Links;
using Headroom.Consensus.Agreements;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>One setting of the grid: what clients ask for, of whom, over which links, how faulty. All operations are of one kind, which the load says.</summary>
public sealed record AgreementCase
{
    /// <summary>The minimum latency of every link; null with a matrix of regions.</summary>
    public required long? LatencyNs { get; init; }

    /// <summary>The file of the latencies between regions, as people call it; empty for none.</summary>
    public string Regions { get; init; } = "";

    /// <summary>Of that file's text.</summary>
    public string RegionsDigest { get; init; } = "";

    /// <summary>The written faults as people call them; empty for none.</summary>
    public string Faults { get; init; } = "";

    public required AgreementSetting Setting { get; init; }

    /// <summary>The axes beyond those that every row has.</summary>
    public IReadOnlyList<string> FurtherAxes { get; init; } = [];

    public bool IsRead => Setting.Load.ReadsPercent == 100;

    public bool HasFaults => Setting.Crashes > 0 || Setting.Faults.Faults.Count > 0;

    internal LinkPlace Links => new(LatencyNs, Regions, Setting.Network, Faults);

    private string Operation => IsRead ? "read" : "write";

    /// <summary>The axes of these settings, with their units.</summary>
    public static IReadOnlyList<(string Axis, string Unit)> Axes(IReadOnlyList<AgreementCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return
        [
            ("protocol", ""), ("operation", ""), ("members", ""), ("value", "B"), ("rate", "1/s"), ("clients", ""), ("operations", ""), .. LinkAxes.Usual, ("disk", "s"), ("failures", ""),
            .. LinkAxes.Of(cases[0].FurtherAxes),
        ];
    }

    /// <summary>The same settings, each with the axes that some of them need.</summary>
    public static AgreementCase[] WithAxes(IReadOnlyList<AgreementCase> cases)
    {
        string[] needed = LinkAxes.Needed([.. cases.Select(each => each.Links)]);
        return [.. cases.Select(each => each with { FurtherAxes = needed })];
    }

    public IReadOnlyList<Coordinate> Coordinates(AgreementStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return
        [
            Coordinate.Of("protocol", strategy.Name),
            Coordinate.Of("operation", Operation),
            Coordinate.Of("members", Setting.Servers),
            Coordinate.Of("value", Setting.Load.ValueBytes),
            Coordinate.Of("rate", Setting.Load.RatePerSecond),
            Coordinate.Of("clients", Setting.Clients),
            Coordinate.Of("operations", Setting.Load.Operations),
            .. LinkAxes.UsualCoordinates(Links),
            Coordinate.Of("disk", Setting.DurabilityNs / 1e9),
            Coordinate.Of("failures", Setting.Crashes),
            .. LinkAxes.Coordinates(Links, FurtherAxes),
        ];
    }

    /// <summary>In words.</summary>
    public override string ToString() =>
        $"{Operation}s of {new Quantity(Setting.Load.ValueBytes, Unit.Byte).ToHumanString()} at {Print.Significant(Setting.Load.RatePerSecond, 6)}/s by {Setting.Clients} client{(Setting.Clients == 1 ? "" : "s")}, "
        + $"{Setting.Servers} server{(Setting.Servers == 1 ? "" : "s")}, {LinkAxes.Words(Links, Setting.Places.Regions.Count)}, disks of {LinkWords.Time(Setting.DurabilityNs)}, {Setting.Crashes} crash{(Setting.Crashes == 1 ? "" : "es")}"
        + LinkWords.Further(Setting.Network) + (Faults.Length > 0 ? $", faults {Faults}" : "");
}
