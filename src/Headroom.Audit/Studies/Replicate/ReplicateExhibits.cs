using Headroom.Audit.Report;

namespace Headroom.Audit.Studies.Replicate;

/// <summary>The plots: latency curves of those worth a look, and bytes against latency.</summary>
internal static class ReplicateExhibits
{
    private const int CurvesMax = 6;
    private const int PointsMax = 200;

    public static IReadOnlyList<Exhibit> Of(ReplicateInput input, IReadOnlyList<ReplicateRuns> runs)
    {
        ReplicateRuns? best = runs.Where(run => run.MissedGoals.Count == 0).MinBy(run => run.Bytes.Value);
        bool ofReads = !runs[0].HasWrites;
        string what = ofReads ? "reads" : "writes";
        var points = runs.Where(run => double.IsFinite(P99(run)))
            .Select(run => new ScatterPoint(run.Option.Name, 1e3 * P99(run), run.Bytes.Value, RoleOf(run), run.MissedGoals.Count == 0)).ToList();
        var guides = new List<Guide>();
        if ((ofReads ? input.Goals.ReadP99Seconds : input.Goals.WriteP99Seconds) is { } goal)
        {
            guides.Add(new Guide(IsVertical: true, 1e3 * goal, "goal"));
        }

        IEnumerable<ReplicateRuns> drawn = runs.OrderBy(run => RoleOf(run) == Role.Candidate ? run.MissedGoals.Count : -1).ThenBy(P99).Take(CurvesMax);
        return
        [
            new ScatterExhibit("Bytes buy latency", $"Bytes on the wire for an operation against the time within which 99 of 100 {what} are answered.", new Axis($"p99 of {what}", "ms"), new Axis("bytes an operation", "B"), points, guides),
            new LineExhibit($"When {what} are answered", $"Share of the {what} answered by then, all runs together: now, the best, and those that come nearest to the goals.", new Axis("time", "ms"), new Axis("answered", "%"),
                [.. drawn.Select(run => new LineSeries(run.Option.Name, Curve(run.Latencies(ofReads)), RoleOf(run)))]),
            new BarExhibit("When servers are lost", $"The longest wait in a minute in which {ReplicateWords.Servers(input.Goals.Survive)} {(input.Goals.Survive == 1 ? "is" : "are")} lost.", new Axis("longest wait", "s"),
                [.. runs.Where(run => double.IsFinite(run.Outage.Value)).Select(run => new Bar(run.Option.Name, run.Outage.Value, RoleOf(run)))]),
        ];

        double P99(ReplicateRuns run) => run.Latency(ofReads, 0.99).Value;
        Role RoleOf(ReplicateRuns run) => run.Option == input.Now ? Role.Now : run == best ? Role.Best : Role.Candidate;
    }

    private static List<(double X, double Y)> Curve(double[] seconds)
    {
        var points = new List<(double, double)> { (0, 0) };
        int step = Math.Max(1, seconds.Length / PointsMax);
        for (int i = 0; i < seconds.Length && double.IsFinite(seconds[i]); i += step)
        {
            points.Add((1e3 * seconds[i], 100.0 * (i + 1) / seconds.Length));
        }

        return points;
    }
}
