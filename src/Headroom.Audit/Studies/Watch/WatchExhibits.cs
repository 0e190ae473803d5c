using Headroom.Audit.Report;
using Headroom.Consensus.Watch;

namespace Headroom.Audit.Studies.Watch;

/// <summary>Plots: delay against bytes, delays, and what a window buys.</summary>
internal static class WatchExhibits
{
    private static readonly double[] WindowsMs = [1, 10, 50, 200, 1000];

    public static IReadOnlyList<Exhibit> Of(WatchInput input, StudyContext context, IReadOnlyList<WatchRuns> runs)
    {
        string? best = runs.Where(run => run.MissedGoals.Count == 0).MinBy(run => run.Bytes.Value)?.Strategy.Name;
        Role RoleOf(WatchRuns run) => run.Strategy == input.Now ? Role.Now : run.Strategy.Name == best ? Role.Best : Role.Candidate;
        var guides = new List<Guide>();
        if (input.P99Ms is { } p99)
        {
            guides.Add(new Guide(IsVertical: true, p99, "goal"));
        }

        List<ScatterPoint> points = [.. runs.Where(run => double.IsFinite(run.P99.Value)).Select(run => new ScatterPoint(run.Strategy.Name, run.P99.Value, run.Bytes.Value, RoleOf(run), run.MissedGoals.Count == 0))];
        guides.Add(new Guide(IsVertical: false, runs.MaxBy(run => run.Results.Count)!.Results.Average(WatchRuns.FloorOf) / input.Seconds, "must be learned"));
        return
        [
            new ScatterExhibit("Bytes and delay", "Bytes a second of all messages against the time within which 99 of 100 deliveries are made.", new Axis("99 % known within", "ms", IsLog: true), new Axis("bytes", "B/s", IsLog: true), points, guides),
            new LineExhibit("When a change is known", "Share of the deliveries that are made within, from the update's moment.", new Axis("time", "ms", IsLog: true), new Axis("known", "%"),
                [.. runs.Select(run => new LineSeries(run.Strategy.Name, run.Curve(), RoleOf(run)))]),
            new LineExhibit("What a window buys", "Messages for each update, deltas told by interest, the changes of a window in one message a group.", new Axis("window", "ms", IsLog: true), new Axis("messages an update", ""),
                [new LineSeries("batched", [.. WindowsMs.Select(window => (window, PerUpdate(input, context, window)))])]),
        ];
    }

    private static double PerUpdate(WatchInput input, StudyContext context, double windowMs)
    {
        context.Report(0.92, "plots");
        WatchOptions options = new WatchStrategy(true, true, (long)(windowMs * 1e6)).In(input.Options);
        WatchResult result = WatchFanOut.Run(options, context.Seed.Named("plots"));
        return result.Meter.Messages / (double)Math.Max(1, result.Updates);
    }
}
