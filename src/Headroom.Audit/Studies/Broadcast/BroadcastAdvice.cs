using Headroom.Kernel.Bounds;
using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>What we would do, in words.</summary>
internal static class BroadcastAdvice
{
    public static Advice Of(Metric metric, BroadcastInput input, IReadOnlyList<BroadcastRuns> runs, Candidate now, IReadOnlyList<Candidate> candidates, Limit? limit)
    {
        Candidate? best = Best(metric, candidates);
        string confidence = $"{runs.Sum(r => r.InTime.Count)} runs in time and {runs.Sum(r => r.InRounds.Count)} in rounds on the stated network; real links also burst and partition";
        if (best is null)
        {
            return new Advice($"none of the strategies tried meets the goal ({input.Goal}{(runs.Any(run => run.Rate is { Sustains: false }) ? " at the stated rate" : "")}); see which each one misses", "more copies, more time, or a weaker goal", confidence);
        }

        BroadcastRuns run = runs.First(r => r.Strategy.Name == best.Strategy);
        string what = $"{Shown(best, metric)} by {best.Strategy}";
        string against = best.Strategy == now.Strategy ? "; nothing tried is better" : $" against {Shown(now, metric)} by {now.Strategy}{(now.MeetsGoals ? "" : $", which misses the goal ({now.MissedGoals[0]})")}";
        string floor = limit?.Value.Number is { } bound ? $"; the {(limit.Side == Side.Floor ? "floor" : "ceiling")} is {Shown(bound, metric)}" : "";
        return new Advice(what + against + floor, $"{run.Strategy.Protocol.FaultModel}; {run.Strategy.Protocol.ScaleLimit}", confidence);
    }

    private static Candidate? Best(Metric metric, IReadOnlyList<Candidate> candidates)
    {
        IEnumerable<Candidate> meeting = candidates.Where(c => c.MeetsGoals);
        return metric.Side == Side.Floor ? meeting.MinBy(c => c.Value.Value) : meeting.MaxBy(c => c.Value.Value);
    }

    private static string Shown(Candidate candidate, Metric metric) => Shown(candidate.Value.Value, metric);

    private static string Shown(double value, Metric metric) => double.IsPositiveInfinity(value) ? "never" : new Quantity(value, metric.Unit).ToHumanString();
}
