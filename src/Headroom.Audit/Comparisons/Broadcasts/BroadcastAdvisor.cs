using Headroom.Audit.Comparisons.Rows;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>Which protocol to take in a setting, and why.</summary>
internal static class BroadcastAdvisor
{
    /// <summary>A protocol delivers when on average at least this share of the live members has the payload in the end.</summary>
    private const double DeliversShare = 0.9999;

    public static Recommendation? Of(IReadOnlyList<(BroadcastStrategy Strategy, ComparisonCell Cell)> candidates)
    {
        (BroadcastStrategy Strategy, ComparisonCell Cell)[] run = [.. candidates.Where(c => Mean(c.Cell, "delivered") is not null && Mean(c.Cell, "bytes") is not null)];
        if (run.Length == 0)
        {
            return null;
        }

        double most = run.Max(c => Mean(c.Cell, "delivered")!.Value);
        double share = Math.Min(DeliversShare, most);
        (BroadcastStrategy Strategy, ComparisonCell Cell)[] delivering = [.. run.Where(c => Mean(c.Cell, "delivered") >= share)];
        (BroadcastStrategy Strategy, ComparisonCell Cell)[] timed = [.. delivering.Where(c => Time(c.Cell) is not null)];
        (BroadcastStrategy Strategy, ComparisonCell Cell)[] judged = timed.Length > 0 ? timed : delivering;
        double leastBytes = judged.Min(c => Mean(c.Cell, "bytes")!.Value);
        double leastTime = judged.Min(c => Time(c.Cell) ?? 0);
        double Score(ComparisonCell cell) => Over(Mean(cell, "bytes")!.Value, leastBytes) * Over(Time(cell) ?? 0, leastTime);
        (BroadcastStrategy strategy, ComparisonCell best) = judged.MinBy(c => Score(c.Cell));
        string delivers = most >= DeliversShare ? $"at least {Percent(DeliversShare)} of the live members" : $"the most that any reaches here, {Percent(most)} of the live members";
        string reason = $"delivers {Percent(Mean(best, "delivered")!.Value)}, {Times(Mean(best, "bytes")!.Value, leastBytes)} the least bytes"
            + (Time(best) is { } time ? $", {Times(time, leastTime)} the least time" : "")
            + $"; withstands: {strategy.Protocol.FaultModel}";
        return new Recommendation(strategy.Name, $"least product of bytes and time (p99 over members) among those that deliver to {delivers}", reason, GivesUp(best, judged));
    }

    private static string GivesUp(ComparisonCell best, (BroadcastStrategy Strategy, ComparisonCell Cell)[] judged)
    {
        var parts = new List<string>();
        ComparisonCell cheapest = judged.MinBy(c => Mean(c.Cell, "bytes")).Cell;
        ComparisonCell fastest = judged.MinBy(c => Time(c.Cell) ?? double.PositiveInfinity).Cell;
        if (Mean(cheapest, "bytes") < Mean(best, "bytes"))
        {
            parts.Add($"bytes: {cheapest.Strategy} sends {Times(Mean(cheapest, "bytes")!.Value, Mean(best, "bytes")!.Value)} as many, in {Times(Time(cheapest) ?? 0, Time(best) ?? 0)} the time");
        }

        if (Time(fastest) is { } least && Time(best) is { } own && least < own)
        {
            parts.Add($"time: {fastest.Strategy} takes {Times(least, own)} of it, for {Times(Mean(fastest, "bytes")!.Value, Mean(best, "bytes")!.Value)} the bytes");
        }

        return parts.Count > 0 ? string.Join("; ", parts) : "nothing against the others here";
    }

    private static double? Mean(ComparisonCell cell, string metric) => cell.Row(metric)?.Measured?.Mean;

    /// <summary>The 99th percentile over members; null where it was not measured or one in a hundred is never reached.</summary>
    private static double? Time(ComparisonCell cell) => cell.Row("latency")?.Measured?.P99 is { } p99 && double.IsFinite(p99) ? p99 : null;

    private static double Over(double value, double least) => least > 0 ? value / least : 1;

    private static string Times(double value, double of) => of > 0 ? $"{Print.Significant(value / of, 3)} times" : "as much as";

    private static string Percent(double share) => $"{Print.Significant(100 * share, 5)} %";
}
