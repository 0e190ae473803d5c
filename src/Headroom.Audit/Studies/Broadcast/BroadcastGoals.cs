using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>Which goals a strategy misses. A goal counts as met when the mean over the runs meets it.</summary>
internal static class BroadcastGoals
{
    public static IReadOnlyList<string> Missed(BroadcastGoal goal, BroadcastRuns runs)
    {
        if (runs.Arithmetic is { } counted)
        {
            return goal.WithinRounds is { } rounds && counted.ShareBy(rounds) < goal.Delivered ? [$"{BroadcastWords.Percent(counted.ShareBy(rounds))} delivered in time (goal {goal})"]
                : goal.WithinNs < counted.TimeNsMax ? [$"not shown to deliver within {BroadcastWords.Time(goal.WithinNs.Value)} at this size"]
                : [];
        }

        double inTheEnd = Mean(runs.InTime, outcome => outcome.ShareDelivered);
        if (inTheEnd < goal.Delivered)
        {
            return [$"{BroadcastWords.Percent(inTheEnd)} delivered (goal {BroadcastWords.Percent(goal.Delivered)})"];
        }

        if (goal.WithinRounds is not null && runs.NoRounds is { } why)
        {
            return [$"not held against {goal}: {why}"];
        }

        double byDeadline = goal.WithinRounds is { } within && runs.RoundsCounted is { } arithmetic ? arithmetic.ShareBy(within) : DeliveredByDeadline(goal, runs);
        return byDeadline < goal.Delivered
            ? [$"{BroadcastWords.Percent(byDeadline)} delivered in time (goal {goal})"]
            : [];
    }

    /// <summary>Mean share of the live members that have the payload by the deadline; in the end where there is none.</summary>
    public static double DeliveredByDeadline(BroadcastGoal goal, BroadcastRuns runs) => Mean(Judged(goal, runs), outcome => DeliveredByDeadline(goal, outcome));

    public static double DeliveredByDeadline(BroadcastGoal goal, BroadcastOutcome outcome) =>
        (goal.WithinNs ?? goal.WithinRounds) is { } deadline ? outcome.ShareBy(deadline) : outcome.ShareDelivered;

    /// <summary>The runs that the deadline speaks of.</summary>
    public static IReadOnlyList<BroadcastOutcome> Judged(BroadcastGoal goal, BroadcastRuns runs) => goal.WithinRounds is null ? runs.InTime : runs.InRounds;

    private static double Mean(IReadOnlyList<BroadcastOutcome> outcomes, Func<BroadcastOutcome, double> value) => outcomes.Sum(value) / outcomes.Count;
}
