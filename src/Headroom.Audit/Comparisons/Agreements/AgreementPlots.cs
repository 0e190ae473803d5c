using Headroom.Audit.Comparisons.Rows;
using Headroom.Audit.Report;

namespace Headroom.Audit.Comparisons.Agreements;

/// <summary>The plots of a comparison: what grows with each axis, bytes against time, and who waits when servers fail.</summary>
internal static class AgreementPlots
{
    private const int SettingsMax = 2;

    /// <summary>What is drawn against which axis: a row's mean, or the 99th percentile of latency.</summary>
    private static readonly (string Axis, string Unit, string[] Figures)[] Lines =
    [
        ("members", "", ["messages", "bytes", "p99"]),
        ("latency", "s", ["p99"]),
        ("rate", "1/s", ["messages", "p99"]),
        ("value", "B", ["bytes", "p99"]),
        ("bandwidth", "bit/s", ["p99"]),
        ("jitter", "s", ["p99"]),
        ("loss", "%", ["p99", "messages"]),
        ("disk", "s", ["p99"]),
        ("failures", "", ["answered"]),
    ];

    public static IReadOnlyList<Exhibit> Of(ComparisonResult result)
    {
        var exhibits = new List<Exhibit>();
        foreach (IGrouping<string?, ComparisonGroup> operation in result.Groups.GroupBy(Operation))
        {
            ComparisonGroup[] groups = [.. operation];
            foreach (ComparisonGroup group in groups.Length <= SettingsMax ? groups : [groups[0], groups[^1]])
            {
                exhibits.Add(Frontier(group));
            }

            if (groups.LastOrDefault(group => group.Cells.Any(c => c.Curve.Count > 0)) is { } struck)
            {
                exhibits.Add(Waiting(struck));
            }

            foreach ((string axis, string unit, string[] figures) in Lines)
            {
                var line = new GridLine(groups, axis, "clients", "operations");
                exhibits.AddRange(line.Settings.Count < 2 ? [] : figures.Where(figure => figure != "answered" || line.Settings.Any(g => g.Cells.Any(c => LeastProduct.Mean(c, figure) < 1))).Select(figure => Against(line, axis, unit, figure, operation.Key + "s")));
            }
        }

        return exhibits;
    }

    private static string? Operation(ComparisonGroup group) => group.Cells[0].Coordinates.First(c => c.Axis == "operation").Text;

    private static LineExhibit Against(GridLine line, string axis, string unit, string figure, string operations)
    {
        string metric = figure == "p99" ? "latency" : figure;
        bool isShare = figure == "answered";
        double axisScale = unit == "%" ? 100 : 1;
        double? Figure(ComparisonCell cell) => (figure == "p99" ? cell.Row("latency")?.Measured?.P99 : cell.Row(figure)?.Measured?.Mean) is { } value && double.IsFinite(value) ? value * (isShare ? 100 : 1) : null;
        List<LineSeries> series = [.. line.Strategies.Select(strategy => new LineSeries(strategy, [.. line.Points(strategy, Figure).Select(p => (axisScale * p.X, p.Y))])).Where(s => s.Points.Count > 0)];
        if (!isShare)
        {
            // Promises differ, and with them floors: the least of them is below everybody.
            series.Add(new LineSeries("floor: the least of all promises", [.. line.Settings.Select(g => (axisScale * line.Number(g), g.Cells.Min(c => c.Row(metric)?.Floor.Value ?? double.PositiveInfinity))).Where(p => double.IsFinite(p.Item2))], Role.Limit));
        }

        string title = figure switch { "p99" => "99th percentile of time", "answered" => "Share answered", "messages" => "Messages", _ => "Bytes" };
        bool isLog = axis is not ("failures" or "members") && series.All(s => s.Points.All(p => p.X > 0));
        bool isLogUp = !isShare && series.All(s => s.Points.All(p => p.Y > 0));
        return new LineExhibit($"{title} against {axis}: {operations}", $"Each operation. Otherwise: {line.Settings[0].Setting}.", new Axis(axis, unit, IsLog: isLog),
            new Axis(figure == "p99" ? "time" : figure, figure switch { "p99" => "s", "answered" => "%", "bytes" => "B", _ => "" }, IsLog: isLogUp), series);
    }

    private static ScatterExhibit Frontier(ComparisonGroup group)
    {
        var points = new List<ScatterPoint>();
        foreach (ComparisonCell cell in group.Cells)
        {
            if (LeastProduct.Time(cell) is { } time && cell.Row("bytes")?.Measured is { } bytes)
            {
                points.Add(new ScatterPoint(cell.Strategy, time, bytes.Mean, group.Recommendation?.Strategy == cell.Strategy ? Role.Best : Role.Candidate, LeastProduct.Mean(cell, "answered") >= 0.9999));
            }
        }

        var guides = new List<Guide>();
        foreach ((string metric, bool isVertical, string what) in new[] { ("latency", true, "time"), ("bytes", false, "bytes") })
        {
            double[] floors = [.. group.Cells.Select(c => c.Row(metric)?.Floor.Value).OfType<double>()];
            if (floors.Length > 0)
            {
                guides.Add(new Guide(isVertical, floors.Min(), $"least floor of {what}"));
            }
        }

        return new ScatterExhibit($"Bytes against time: {Operation(group)}s", $"Bytes on the wire for each operation against the 99th percentile of its time; hollow: answers less than 99.99 %. {group.Setting}.",
            new Axis("time", "s", IsLog: true), new Axis("bytes", "B", IsLog: true), points, guides);
    }

    private static LineExhibit Waiting(ComparisonGroup group) => new(
        $"Operations that wait for an answer: {Operation(group)}s",
        $"Due by then and not answered yet, first run of each strategy. {group.Setting}.",
        new Axis("time", "s"),
        new Axis("operations", ""),
        [.. group.Cells.Where(c => c.Curve.Count > 0).Select(c => new LineSeries(c.Strategy, c.Curve, group.Recommendation?.Strategy == c.Strategy ? Role.Best : Role.Candidate))]);
}
