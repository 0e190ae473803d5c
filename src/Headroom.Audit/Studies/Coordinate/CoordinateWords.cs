using Headroom.Kernel.Findings;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Studies.Coordinate;

/// <summary>Numbers in words, and advice from candidates.</summary>
internal static class CoordinateWords
{
    public static string Number(double value) => Print.Significant(value, 4);

    public static string Time(double seconds) => double.IsPositiveInfinity(seconds) ? "never" : new Quantity(seconds, Unit.Second).ToHumanString();

    public static string Shown(double value, Metric metric) => double.IsPositiveInfinity(value) ? "never" : new Quantity(value, metric.Unit).ToHumanString();

    /// <summary>What is best of those that meet the goals, beside today's and the floor.</summary>
    public static Advice AdviceOn(Metric metric, List<Candidate> candidates, Limit? limit, string confidence)
    {
        Candidate now = candidates[0];
        Candidate[] good = [.. candidates.Where(candidate => candidate.MeetsGoals)];
        if (good.Length == 0)
        {
            return new Advice("none of the ways tried meets the goals; see which each one misses", "more time, or fewer promises", confidence);
        }

        Candidate best = metric.Side == Kernel.Bounds.Side.Floor ? good.MinBy(c => c.Value.Value)! : good.MaxBy(c => c.Value.Value)!;
        string floor = limit?.Value.Number is { } value ? $"; the floor is {Shown(value, metric)}" : "";
        string what = best.Strategy == now.Strategy || best.Value.Value == now.Value.Value
            ? $"{now.Strategy} has {Shown(now.Value.Value, metric)}; nothing tried is better"
            : $"{Shown(best.Value.Value, metric)} with {best.Strategy} against {Shown(now.Value.Value, metric)} with {now.Strategy}{(now.MeetsGoals ? "" : $", which misses a goal ({now.MissedGoals[0]})")}";
        return new Advice(what + floor, best.Note, confidence);
    }
}
