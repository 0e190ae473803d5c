using Headroom.Dissemination.Broadcasts;

namespace Headroom.Audit.Studies.Broadcast;

/// <summary>
/// Who deserves more than a few runs, among the usual strategies that nobody named: not who misses the goal by far in its first run, nor who is beaten there by
/// another in copies and in time at once. What was named is run in full, and so is everything when a violation is to be confirmed.
/// </summary>
internal static class BroadcastScreening
{
    private const double BeatenByMin = 1.1;
    private const double BeatenByBoth = 2;
    private const double MissesByFar = 10;
    private const int MissesMembersMin = 3;

    /// <summary>Why the i-th first run lies far behind, or null.</summary>
    public static string? FarBehind(BroadcastGoal goal, IReadOnlyList<(BroadcastStrategy Strategy, BroadcastOutcome Outcome)> first, int i)
    {
        BroadcastOutcome outcome = first[i].Outcome;
        int missed = outcome.Receivers - outcome.Deliveries;
        if (missed >= MissesMembersMin && missed > MissesByFar * (1 - goal.Delivered) * outcome.Receivers)
        {
            return $"its first run misses {missed} members";
        }

        foreach ((BroadcastStrategy strategy, BroadcastOutcome other) in first)
        {
            if (other.ShareDelivered < goal.Delivered || outcome.Deliveries == 0)
            {
                continue;
            }

            double copies = outcome.CopiesPerDelivery / other.CopiesPerDelivery;
            double time = (double)outcome.LastNs / Math.Max(1, other.LastNs);
            if (copies >= BeatenByMin && time >= BeatenByMin && copies * time >= BeatenByBoth)
            {
                return $"in its first run {strategy} beats it in copies and in time";
            }
        }

        return null;
    }
}
