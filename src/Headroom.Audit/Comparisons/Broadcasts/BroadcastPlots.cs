using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Report;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>The plots of a comparison: messages against members, delivery over time, redundancy against time, what faults do.</summary>
internal static class BroadcastPlots
{
    private const int SettingsMax = 3;
    private static readonly string[] FaultAxes = ["loss", "failures"];

    public static IReadOnlyList<Exhibit> Of(ComparisonResult result)
    {
        var exhibits = new List<Exhibit>();
        exhibits.AddRange(Growth(result));
        foreach (ComparisonGroup group in Shown(result.Groups))
        {
            if (group.Cells.Any(c => c.Curve.Count > 0))
            {
                exhibits.Add(Delivery(group));
                exhibits.Add(Frontier(group));
            }
        }

        foreach (string axis in FaultAxes)
        {
            exhibits.AddRange(Faults(result, axis));
        }

        return exhibits;
    }

    /// <summary>The first setting, the last, and one between.</summary>
    private static IEnumerable<ComparisonGroup> Shown(IReadOnlyList<ComparisonGroup> groups) => groups.Count <= SettingsMax ? groups
        : [groups[0], groups[(groups.Count - 1) / 2], groups[^1]];

    /// <summary>Copies and messages against members, all else as in the first setting.</summary>
    private static IEnumerable<Exhibit> Growth(ComparisonResult result)
    {
        var sizes = new GridLine(result.Groups, "members");
        if (sizes.Settings.Count < 2)
        {
            yield break;
        }

        foreach ((string metric, string title, string unit) in new[] { ("payloads", "Payload copies", "copies"), ("messages", "Messages", "messages") })
        {
            List<LineSeries> series = [.. sizes.Strategies.Select(strategy => new LineSeries(strategy, sizes.Points(strategy, c => c.Row(metric)?.Measured?.Mean)))];
            series.Add(new LineSeries("floor: a copy for each member", [.. sizes.Settings.Select(g => (sizes.Number(g), g.Cells.Max(c => c.Row(metric)?.Floor.Value ?? 0)))], Role.Limit));
            yield return new LineExhibit($"{title} against members", $"One broadcast; closed forms where nothing was run. Otherwise: {sizes.Settings[0].Setting}.", new Axis("members", "", IsLog: true), new Axis(metric, unit, IsLog: true), series);
        }
    }

    private static LineExhibit Delivery(ComparisonGroup group) => new(
        "Delivery over time",
        $"Share of the live members that have the payload, first run of each strategy; {group.Setting}.",
        new Axis("time", "s"),
        new Axis("delivered", "%"),
        [.. group.Cells.Where(c => c.Curve.Count > 0).Select(c => new LineSeries(c.Strategy, [.. c.Curve.Select(p => (p.X, 100 * p.Y))], RoleOf(group, c)))]);

    private static ScatterExhibit Frontier(ComparisonGroup group)
    {
        var points = new List<ScatterPoint>();
        foreach (ComparisonCell cell in group.Cells)
        {
            double? time = cell.Row("latency")?.Measured?.P99;
            double? share = cell.Row("delivered")?.Measured?.Mean;
            if (cell.Row("payloads") is { Measured: { } copies, Floor.Value: > 0 } && time is not null && share is not null)
            {
                points.Add(new ScatterPoint(cell.Strategy, time.Value, copies.Mean / cell.Row("payloads")!.Floor.Value!.Value, RoleOf(group, cell), share >= 0.9999));
            }
        }

        var guides = new List<Guide> { new(IsVertical: false, 1, "floor of copies") };
        if (group.Cells.Select(c => c.Row("latency")?.Floor.Value).FirstOrDefault(v => v is not null) is { } floor)
        {
            guides.Add(new Guide(IsVertical: true, floor, "floor of time for everybody"));
        }

        return new ScatterExhibit("Redundancy buys time", $"Payload copies over their floor against the time until 99 % of all live members have it; hollow: reaches less than 99.99 %. {group.Setting}.",
            new Axis("time", "s", IsLog: true), new Axis("copies over the floor", "", IsLog: true), points, guides);
    }

    private static IEnumerable<LineExhibit> Faults(ComparisonResult result, string axis)
    {
        var line = new GridLine(result.Groups, axis);
        if (line.Settings.Count >= 2)
        {
            yield return new LineExhibit($"Delivered against {axis}", $"Mean share of the live members that get it. Otherwise: {line.Settings[0].Setting}.", new Axis(axis, "%"), new Axis("delivered", "%"),
                [.. line.Strategies.Select(strategy => new LineSeries(strategy, [.. line.Points(strategy, c => c.Row("delivered")?.Measured?.Mean).Select(p => (100 * p.X, 100 * p.Y))]))]);
        }
    }

    private static Role RoleOf(ComparisonGroup group, ComparisonCell cell) => group.Recommendation?.Strategy == cell.Strategy ? Role.Best : Role.Candidate;
}
