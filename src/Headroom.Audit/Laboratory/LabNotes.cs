using Headroom.Kernel.Quantities;

namespace Headroom.Audit.Laboratory;

/// <summary>What holds of every laboratory, in words.</summary>
internal static class LabNotes
{
    public static string Lag(long lagNs) => lagNs == 0 ? ""
        : $" In the simulator each message takes {new Quantity(lagNs / 1e9, Unit.Second).ToHumanString()} longer than its link says, as real ones do by some microseconds.";

    /// <summary>What the machine's stalls did to runs; null where they were too short to matter.</summary>
    public static string? Stalls(IReadOnlyList<(TimeSpan StoodStill, TimeSpan Longest)> runs)
    {
        double totalMs = runs.Sum(run => run.StoodStill.TotalMilliseconds);
        double longestMs = runs.Max(run => run.Longest.TotalMilliseconds);
        return totalMs >= 1
            ? $"The members' clock stood still for {Print.Significant(totalMs, 3)} ms in all while this machine was busy elsewhere (at most {Print.Significant(longestMs, 3)} ms at a time): no member takes that for the silence of another, and times do not hold it."
            : longestMs >= 5 && totalMs == 0
                ? $"Disturbed: a process was kept waiting for {Print.Significant(longestMs, 3)} ms, which members elsewhere may have taken for silence."
                : null;
    }
}
