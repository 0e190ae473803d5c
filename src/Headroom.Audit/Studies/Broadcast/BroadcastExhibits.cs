using Headroom.Audit.Report;
using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Delivery over time, and copies against time.</summary>
internal static class BroadcastExhibits
{
    private const int PointsMax = 60;

    public static IReadOnlyList<Exhibit> Of(BroadcastInput input, IReadOnlyList<BroadcastRuns> runs)
    {
        BroadcastRuns[] run = [.. runs.Where(r => r.InTime.Count > 0)];
        if (run.Length == 0)
        {
            return [];
        }

        string? best = run.Where(r => r.MissedGoals.Count == 0).MinBy(Copies)?.Strategy.Name;
        return [Delivery(input, run, best), Frontier(input, run, best)];
    }

    private static LineExhibit Delivery(BroadcastInput input, BroadcastRuns[] runs, string? best) => new(
        "Delivery over time",
        $"Share of the live members that have the payload, first run of each strategy; {input.Setting.Members} members, goal {input.Goal}.",
        new Axis("time", "ms"),
        new Axis("delivered", "%"),
        [.. runs.Select(run => new LineSeries(run.Strategy.Name, Curve(run.InTime[0]), RoleOf(run, input, best)))]);

    private static ScatterExhibit Frontier(BroadcastInput input, BroadcastRuns[] runs, string? best)
    {
        var points = new List<ScatterPoint>();
        foreach (BroadcastRuns run in runs)
        {
            double timeMs = run.InTime.Average(outcome => outcome.TimeToShare(input.Goal.Delivered) is var t && t == BroadcastOutcome.Never ? double.PositiveInfinity : t / 1e6);
            // Who never reaches the goal's share stands where it reached its last member.
            double shownMs = double.IsFinite(timeMs) ? timeMs : run.InTime.Average(outcome => outcome.LastNs / 1e6);
            points.Add(new ScatterPoint(run.Strategy.Name, shownMs, Copies(run), RoleOf(run, input, best), run.MissedGoals.Count == 0));
        }

        var limits = input.Limits(1);
        var guides = new List<Guide>
        {
            new(IsVertical: false, limits.Payloads(null).Value.Number!.Value, "floor of copies"),
            new(IsVertical: true, limits.Time().Value.Number!.Value * 1e3, "floor of time"),
        };
        if (input.Goal.WithinNs is { } within)
        {
            guides.Add(new Guide(IsVertical: true, within / 1e6, "goal"));
        }

        return new ScatterExhibit(
            "Redundancy buys time and robustness",
            "Payload copies for each member reached against the time until the goal's share has it (or until the last member reached, for those that miss it); mean of the runs.",
            new Axis("time", "ms"),
            new Axis("copies", "copies/delivery", IsLog: true),
            points,
            guides);
    }

    private static List<(double X, double Y)> Curve(BroadcastOutcome outcome)
    {
        var points = new List<(double, double)>();
        int step = Math.Max(1, outcome.Delivered / PointsMax);
        for (int i = 0; i < outcome.Delivered; i += step)
        {
            points.Add((outcome.Times[i] / 1e6, 100.0 * (i + 1) / outcome.Live));
        }

        points.Add((outcome.LastNs / 1e6, 100.0 * outcome.Delivered / Math.Max(1, outcome.Live)));
        return points;
    }

    private static double Copies(BroadcastRuns run) =>
        run.InTime.Sum(outcome => (double)outcome.PayloadCopies) / Math.Max(1, run.InTime.Sum(outcome => (double)outcome.Deliveries));

    private static Role RoleOf(BroadcastRuns run, BroadcastInput input, string? best) =>
        run.Strategy == input.Now ? Role.Now : run.Strategy.Name == best ? Role.Best : Role.Candidate;
}
